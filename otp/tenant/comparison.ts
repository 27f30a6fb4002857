/** One thing that was looked at in a tenant. */
export interface Check {
  readonly what: string;
  readonly expected: string;
  readonly got: string;
  readonly fine: boolean;
  /** It works, and its author should still know what to do. */
  readonly warning?: true;
  /** What to do where it is not fine. */
  readonly todo?: string;
}

/** A check of two texts; what is not fine says what to do. */
export function compare(what: string, expected: string, got: string, todo: string): Check {
  const fine = expected === got;
  return { what, expected, got, fine, ...(!fine && { todo }) };
}

/** A list in words, in the order of the alphabet. */
export const listed = (names: readonly string[]): string => names.toSorted().join(", ") || "none";
