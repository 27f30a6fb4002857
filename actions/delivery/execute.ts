import type { DeliveryConfig, Secrets } from "./config.ts";
import { deliver } from "./deliver.ts";
import { object, text } from "./event.ts";
import type { Identity } from "./identity.ts";
import { identify } from "./identity.ts";
import type { Cache, Io } from "./io.ts";
import type { Delivery } from "./job.ts";
import { digestsOf } from "./key.ts";
import { Memory } from "./memory.ts";
import type { LogContext, Report } from "./report.ts";
import { logLine, reason } from "./report.ts";

/** What Auth0 hands an Action of these triggers as well as the event. */
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
  readonly identity: Omit<Identity, "transaction">;
}

/** Beyond the deadline the engine itself must have gone wrong; Auth0 still gets an outcome. */
const graceMs = 300;

/** Makes the message of an event. */
export type Prepare<C, M> = (event: unknown, config: C) => Prepared<M>;

/**
 * Makes the handler of a channel. What it remembers lives as long as the container that Auth0 loads
 * the Action into. An execution ends with an outcome and one logged line, whatever the event holds
 * and whatever throws.
 */
export function handlerOf<C extends DeliveryConfig<M>, M>(
  config: C,
  prepare: Prepare<C, M>,
): (event: unknown, api: Api) => Promise<void> {
  const memory = new Memory();
  return (event, api) => execute(event, api, { config, prepare, memory });
}

interface Handler<C, M> {
  readonly config: C;
  readonly prepare: Prepare<C, M>;
  readonly memory: Memory;
}

async function execute<C extends DeliveryConfig<M>, M>(
  event: unknown,
  { notification, cache }: Api,
  { config, prepare, memory }: Handler<C, M>,
): Promise<void> {
  const { now } = Date;
  const io: Io = { fetch, cache, now, setTimeout, clearTimeout, random: Math.random };
  const began = now();
  const report: Report = { otp: "failed", type: "unknown", medium: "unknown", attempts: 0, ms: 0 };
  let timer: unknown;

  const work = async () => {
    const reading = memory.read(io);
    const { logContext, refused, identity, ...delivery } = prepare(event, config);
    Object.assign(report, logContext, refused && { otp: "rejected", why: refused });
    if (refused) return;
    const secrets = object(event, "secrets") as Secrets;
    const digests = digestsOf(secrets);
    const transaction = text(object(event, "transaction"), "correlation_id");
    await reading;
    const { repeated, ...known } = identify(
      digests,
      memory,
      { ...identity, transaction, isTest: logContext.type.startsWith("try_") },
      delivery.expires,
      now(),
    );
    if (repeated) {
      report.otp = "repeated";
      return;
    }
    const { tokens } = memory;
    const job = { ...delivery, ...known, config, secrets, tokens, began };
    report.otp = await deliver(io, memory, job, report);
  };
  const late = new Promise((_, reject) => {
    timer = io.setTimeout(() => {
      reject(new Error("late"));
    }, config.deadlineMs + graceMs);
  });

  memory.running++;
  try {
    await run();
  } finally {
    memory.running--;
  }

  async function run() {
    // What is thrown may quote the event: only that something was is said.
    await Promise.race([work(), late]).catch(() => {
      report.why = "the handler failed";
    });
    io.clearTimeout(timer);
    report.ms = now() - began;
    const { otp } = report;
    if (otp === "failed") notification.retry(reason(report));
    if (otp === "rejected" || otp === "expired" || otp === "superseded")
      notification.drop(reason(report));
    console.log(logLine(report));
    // Both are bounded, and neither can change an outcome that Auth0 has been told.
    await Promise.all([
      memory.write(io, otp === "failed"),
      config.telemetry?.(
        io,
        { ...report, breakers: memory.breakers(now()) },
        began,
        object(event, "secrets") as Secrets,
      ),
    ]);
  }
}
