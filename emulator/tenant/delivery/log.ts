import { randomUUID } from "node:crypto";

/**
 * Types of log events, as Auth0 names them: `cls` a code was sent, `fn` a notification was not
 * sent, `actions_execution_failed` an Action threw or took too long. That a custom provider's
 * outcomes are logged under these types is assumed.
 */
export type LogType = "cls" | "fn" | "actions_execution_failed";

export interface LogEntry {
  readonly _id: string;
  readonly log_id: string;
  readonly date: string;
  readonly type: LogType;
  readonly description: string;
  readonly tenant_name: string;
  readonly client_id?: string;
  readonly client_name?: string;
  readonly connection?: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface NewLogEntry {
  readonly type: LogType;
  readonly description: string;
  /** Words that must not stand in the log: code, recipient, values of secrets. */
  readonly confidential: readonly string[];
  readonly client?: { readonly client_id: string; readonly name: string } | undefined;
  readonly connection?: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The tenant's log, oldest first. */
export class TenantLog {
  readonly entries: LogEntry[] = [];
  readonly #tenant: string;
  readonly #clock: () => number;

  constructor(tenant: string, clock: () => number) {
    this.#tenant = tenant;
    this.#clock = clock;
  }

  add({ type, description, confidential, client, connection, details }: NewLogEntry): void {
    const id = randomUUID();
    this.entries.push({
      _id: id,
      log_id: id,
      date: new Date(this.#clock()).toISOString(),
      type,
      description: redact(description, confidential),
      tenant_name: this.#tenant,
      ...(client ? { client_id: client.client_id, client_name: client.name } : {}),
      ...(connection === undefined ? {} : { connection }),
      details,
    });
  }
}

function redact(text: string, confidential: readonly string[]): string {
  return confidential
    .filter((words) => words !== "")
    .reduce((redacted, words) => redacted.replaceAll(words, "(redacted)"), text);
}
