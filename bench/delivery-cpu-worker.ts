import { createRequire } from "node:module";
import { compileFunction } from "node:vm";
import { ActionCache } from "../emulator/runtime/cache.ts";

/** An Action whose deliveries are to be measured. */
export interface Task {
  readonly code: string;
  readonly handler: string;
}

export interface Measured {
  readonly microseconds: number;
}

type Handler = (event: unknown, api: unknown) => Promise<void>;

const warming = 400;
const deliveries = 2_000;

process.once("message", ({ code, handler }: Task) => {
  const exports: Record<string, unknown> = {};
  const load = compileFunction(code, ["exports", "module", "require"]) as (
    ...given: unknown[]
  ) => void;
  load(exports, { exports }, createRequire(import.meta.url));
  const run = exports[handler] as Handler;
  const api = {
    notification: { retry: refuse, drop: refuse },
    cache: new ActionCache(),
  };
  // The line goes to a terminal here and to Auth0 there: neither is the handler's own work.
  console.log = () => undefined;
  const deliver = async (first: number, count: number) => {
    for (let number = first; number < first + count; number++) await run(eventOf(number), api);
  };
  void (async () => {
    await deliver(0, warming);
    const before = process.cpuUsage();
    await deliver(warming, deliveries);
    const { user, system } = process.cpuUsage(before);
    process.send?.({ microseconds: (user + system) / deliveries } satisfies Measured);
  })();
});

function refuse(reason: string): void {
  throw new Error(`expected a delivery, got: ${reason}`);
}

function eventOf(number: number) {
  const code = String(number).padStart(6, "0");
  return {
    tenant: { id: "bench" },
    secrets: { API_KEY: "x", PHONE_HTTP_APIKEY: "x" },
    notification: {
      recipient: `+1202555${String(number).padStart(4, "0")}`,
      as_text: `${code} is your code for Example.`,
      as_voice: `Your code is ${code}.`,
      code,
      delivery_method: "text",
      message_type: "otp_verify",
      locale: "en",
    },
    request: { ip: "203.0.113.7", method: "POST", geoip: {} },
  };
}
