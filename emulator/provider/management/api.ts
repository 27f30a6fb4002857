import { Failure } from "../protocol/failure.ts";
import type { Json, ObjectValue } from "../protocol/value.ts";

/** The Management API of one tenant. Path segments are encoded by {@link path}. */
export interface ManagementApi {
  get(path: string, query?: Readonly<Record<string, string>>): Promise<ObjectValue>;
  post(path: string, body?: Json): Promise<ObjectValue>;
  patch(path: string, body: Json): Promise<ObjectValue>;
  delete(path: string): Promise<void>;
  /** Aborted when Terraform was interrupted. */
  interrupted(): AbortSignal;
}

/** What the tenant answered with another status than 2xx. */
export class ManagementError extends Failure {
  readonly status: number;

  constructor(status: number, summary: string, detail: string) {
    super(summary, detail);
    this.status = status;
  }
}

/** A path below `/api/v2`, with each variable part encoded. */
export function path(parts: TemplateStringsArray, ...variables: readonly string[]): string {
  return String.raw({ raw: parts }, ...variables.map(encodeURIComponent));
}

/** The answer of a read, or undefined where the tenant has no such thing. */
export async function ifThere<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    ignoreGone(error);
    return undefined;
  });
}

/** Lets pass that something is not there, and nothing else. */
export function ignoreGone(error: unknown): void {
  if (!(error instanceof ManagementError && error.status === 404)) throw error;
}
