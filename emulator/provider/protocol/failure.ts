/**
 * An error that a user of the provider can act on. Its message never holds a secret: what it
 * repeats of a configuration goes through {@link diagnostic}.
 */
export class Failure extends Error {
  override readonly name = "Failure";
  /** One line: what is wrong. */
  readonly summary: string;
  /** What was expected, what was got, what to do. */
  readonly detail: string;
  /** The attribute at fault, where there is one. */
  readonly attribute: string | undefined;

  constructor(summary: string, detail = "", attribute?: string) {
    super(detail === "" ? summary : `${summary}: ${detail}`);
    this.summary = summary;
    this.detail = detail;
    this.attribute = attribute;
  }
}

/** The protocol's message for an error. */
export interface Diagnostic {
  readonly severity: number;
  readonly summary: string;
  readonly detail: string;
  readonly attribute?: AttributePath;
}

/** The protocol's message for the place of an attribute. */
export interface AttributePath {
  readonly steps: readonly { readonly attribute_name: string }[];
}

/** The place of a resource's own attribute. */
export function pathTo(attribute: string): AttributePath {
  return { steps: [{ attribute_name: attribute }] };
}

/**
 * One diagnostic for whatever was thrown.
 *
 * @param secrets - texts that must not be repeated; each is replaced wherever it occurs
 */
export function diagnostic(error: unknown, secrets: readonly string[]): Diagnostic {
  // The longest first, or a secret that is part of another would leave the rest of it standing.
  const ordered = [...secrets].sort((one, other) => other.length - one.length);
  const clean = (text: string) =>
    ordered.reduce((cleaned, secret) => cleaned.replaceAll(secret, "(sensitive value)"), text);
  if (error instanceof Failure) {
    return {
      severity: 1,
      summary: clean(error.summary),
      detail: clean(error.detail),
      ...(error.attribute === undefined ? {} : { attribute: pathTo(error.attribute) }),
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { severity: 1, summary: "The provider stand-in failed", detail: clean(message) };
}
