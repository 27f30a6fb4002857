/** Shared by every copy of this file: an environment's file is bundled with one of its own. */
const key = Symbol.for("otp.variables-read");
const registry = globalThis as unknown as Record<symbol, Map<string, string> | undefined>;

/** Notes that an environment's file read a variable. */
export function noteVariable(name: string, value: string): void {
  const read = registry[key] ?? new Map<string, string>();
  registry[key] = read.set(name, value);
}

/**
 * The variables that environment files have read so far, with their values: a child that evaluates
 * the same files needs them, and no others.
 */
export function variablesRead(): ReadonlyMap<string, string> {
  return registry[key] ?? new Map();
}

/** Does something whose readings are not noted: a file that runs with other values than its own. */
export async function withoutNotes<T>(work: () => Promise<T>): Promise<T> {
  const before = new Map(variablesRead());
  try {
    return await work();
  } finally {
    registry[key] = before;
  }
}
