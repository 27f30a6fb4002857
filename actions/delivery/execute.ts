import type { Delivery } from "./deliver.ts";
import { deliver } from "./deliver.ts";
import { secretsOf } from "./event.ts";
import type { Cache, Io } from "./io.ts";
import { idempotencyKey } from "./key.ts";
import type { Plan } from "./plan.ts";
import type { Report, Subject } from "./report.ts";
import { logLine, reason } from "./report.ts";

/** What Auth0 hands an Action of these triggers beside the event. */
export interface Api {
  readonly notification: {
    /** Failed, but worth running the Action again. */
    retry(reason: string): unknown;
    /** Failed for good. */
    drop(reason: string): unknown;
  };
  readonly cache: Cache;
}

/** A message made of an event, or why none can be made. */
export type Prepared<M> = { readonly subject: Subject } & (
  | { readonly refused: string }
  | {
      readonly refused?: never;
      readonly delivery: Omit<Delivery<M>, "key">;
      /** What makes the message this message: tenant, recipient and content. */
      readonly identity: readonly string[];
    }
);

/** Beyond the deadline, the engine itself must have gone wrong; Auth0 must still get an outcome. */
const graceMs = 500;

const ioOf = (api: Api): Io => ({
  fetch: (...call) => fetch(...call),
  clock: {
    now: () => Date.now(),
    after(ms, call) {
      const timer = setTimeout(call, ms);
      return () => {
        clearTimeout(timer);
      };
    },
  },
  cache: api.cache,
  random: () => Math.random(),
});

/**
 * Runs one execution of an Action: prepares the message, delivers it, tells Auth0 the outcome and
 * logs one line. Ends with an outcome whatever the event holds and whatever throws.
 */
export async function execute<M>(
  event: unknown,
  api: Api,
  plan: Plan<M>,
  prepare: (event: unknown) => Prepared<M>,
): Promise<void> {
  const io = ioOf(api);
  const began = io.clock.now();
  let subject: Subject = { messageType: "unknown", channel: "unknown" };
  let report: Report = { outcome: "failed", attempts: 0, ms: 0, misconfigured: [] };
  const work = async () => {
    const prepared = prepare(event);
    subject = prepared.subject;
    if (prepared.refused !== undefined)
      return { ...report, outcome: "rejected" as const, why: prepared.refused };
    const secrets = secretsOf(event);
    const key = idempotencyKey(secrets, prepared.identity);
    return deliver({ ...prepared.delivery, key }, plan, secrets, io, began);
  };
  let stop = (): void => undefined;
  const late = new Promise<Report>((resolve) => {
    stop = io.clock.after(plan.deadlineMs + graceMs, () => {
      resolve({ ...report, why: "deadline", ms: io.clock.now() - began });
    });
  });
  try {
    report = await Promise.race([work(), late]);
  } catch {
    // What was thrown may quote the event: only that something was is said.
    report = { ...report, why: "error in the handler", ms: io.clock.now() - began };
  }
  stop();
  if (report.outcome === "failed") api.notification.retry(reason(report));
  if (report.outcome === "rejected" || report.outcome === "expired")
    api.notification.drop(reason(report));
  console.log(logLine(subject, report));
}
