import { deliver } from "./deliver.ts";
import { object } from "./event.ts";
import type { Cache, Io } from "./io.ts";
import type { DeliveryConfig, Secrets } from "./config.ts";
import type { Delivery } from "./job.ts";
import { idempotencyKey } from "./key.ts";
import type { Report, LogContext } from "./report.ts";
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

/** A message made of an event. */
export interface Prepared<M> extends Delivery<M> {
  readonly logContext: LogContext;
  /** Why it cannot be sent; then the rest has no meaning. */
  readonly refused: string | undefined;
  /** What makes the message this message: tenant, recipient and content. */
  readonly identity: readonly string[];
}

/** Beyond the deadline the engine itself must have gone wrong; Auth0 still gets an outcome. */
const graceMs = 500;

/**
 * Runs one execution of an Action: prepares the message, delivers it, tells Auth0 the outcome and
 * logs one line. Ends with an outcome whatever the event holds and whatever throws.
 */
export async function execute<P extends DeliveryConfig<M>, M>(
  event: unknown,
  { notification, cache }: Api,
  config: P,
  prepare: (event: unknown, config: P) => Prepared<M>,
): Promise<void> {
  const { now } = Date;
  const io: Io = { fetch, cache, now, setTimeout, clearTimeout, random: Math.random };
  const began = now();
  const report: Report = { otp: "failed", type: "unknown", medium: "unknown", attempts: 0, ms: 0 };
  const work = async () => {
    const { logContext, refused, identity, ...delivery } = prepare(event, config);
    Object.assign(report, logContext, refused && { otp: "rejected", why: refused });
    if (refused) return;
    const secrets = object(event, "secrets") as Secrets;
    const key = idempotencyKey(secrets, identity);
    report.otp = await deliver(io, { ...delivery, config, key, secrets, began }, report);
  };
  let timer: unknown;
  const late = new Promise((_, reject) => {
    timer = io.setTimeout(reject, config.deadlineMs + graceMs);
  });
  // What is thrown may quote the event: only that something was is said.
  await Promise.race([work(), late]).catch(() => {
    report.why = "the handler failed";
  });
  io.clearTimeout(timer);
  report.ms = now() - began;
  const { otp } = report;
  if (otp === "failed") notification.retry(reason(report));
  if (otp === "rejected" || otp === "expired") notification.drop(reason(report));
  console.log(logLine(report));
}
