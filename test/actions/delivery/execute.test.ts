import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { customEmailProvider } from "../../../actions/custom-email-provider.ts";
import { customPhoneProvider } from "../../../actions/custom-phone-provider.ts";
import type { PhoneDeliveryConfig } from "../../../actions/delivery/phone.ts";
import type { PhoneMessage } from "../../../actions/delivery/message.ts";
import type { Step } from "../../../actions/delivery/config.ts";
import { vendor as http } from "../../../actions/vendors/phone/http.ts";
import { ActionCache } from "../../../emulator/runtime/cache.ts";

const step: Step<PhoneMessage> = {
  id: "http",
  medium: "text",
  vendor: http,
  timeoutMs: 5_000,
  settings: { url: "https://sms.example/messages" },
  secrets: (all) => ({ apiKey: all["API_KEY"] ?? "" }),
};
const config: PhoneDeliveryConfig = { deadlineMs: 900, lifetimeMs: 180_000, steps: [step] };
const event = {
  tenant: { id: "t" },
  secrets: { API_KEY: "hush-hush" },
  notification: {
    recipient: "+4915112345678",
    as_text: "987654 is your code",
    code: "987654",
    delivery_method: "text",
    message_type: "otp_verify",
  },
};

let lines: string[];
let told: (readonly [string, string])[];
let cache: ActionCache;
const fetched = vi.fn<typeof fetch>();
const answer = (status: number, body = "{}") => {
  fetched.mockImplementation(() => Promise.resolve(new Response(body, { status })));
};
const api = () => ({
  notification: {
    retry: (reason: string) => told.push(["retry", reason]),
    drop: (reason: string) => told.push(["drop", reason]),
  },
  cache,
});
const run = (given: unknown = event, more: Partial<PhoneDeliveryConfig> = {}) =>
  customPhoneProvider({ ...config, ...more })(given, api());
const line = () => JSON.parse(lines[0] ?? "") as Record<string, unknown>;

beforeEach(() => {
  lines = [];
  told = [];
  cache = new ActionCache();
  fetched.mockReset();
  vi.stubGlobal("fetch", fetched);
  vi.spyOn(console, "log").mockImplementation((text: string) => void lines.push(text));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("an execution", () => {
  it("that delivers calls nothing and logs one line", async () => {
    answer(202);
    await run();
    expect(told).toEqual([]);
    expect(lines).toHaveLength(1);
    expect(line()).toEqual({
      otp: "accepted",
      type: "otp_verify",
      medium: "text",
      last2: "78",
      vendor: "http",
      status: 202,
      attempts: 1,
      ms: expect.any(Number) as number,
    });
    expect(line()["ms"]).toBeLessThan(900);
  });

  it("hands the vendor its secret and the message", async () => {
    answer(202);
    await run();
    const [url, request] = fetched.mock.calls[0] ?? [];
    expect(url).toBe("https://sms.example/messages");
    expect(request?.headers).toMatchObject({ authorization: "Bearer hush-hush" });
    expect(JSON.parse(request?.body as string)).toEqual({
      to: "+4915112345678",
      body: "987654 is your code",
    });
  });

  it("that a vendor rejects is dropped", async () => {
    answer(400);
    const verdict = () => ({ kind: "recipient_refused" }) as const;
    await run(event, { steps: [{ ...step, vendor: { ...http, verdict } }] });
    expect(told).toEqual([["drop", expect.stringMatching(/^rejected: http 400; 1 attempts in /)]]);
    expect(line()).toMatchObject({ otp: "rejected", status: 400 });
  });

  it("that fails is tried again", async () => {
    answer(503);
    await run();
    expect(told).toEqual([["retry", expect.stringMatching(/^failed: http 503; 1 attempts in /)]]);
    expect(line()).toMatchObject({ otp: "failed", status: 503 });
  });

  it("that finds a vendor misconfigured says so and is tried again", async () => {
    answer(401);
    await run();
    expect(told).toEqual([
      ["retry", expect.stringMatching(/^failed: http 401; .*check the configuration of http$/)],
    ]);
  });

  it("of a message that cannot be sent is dropped, without a call", async () => {
    await run({ ...event, notification: { ...event.notification, recipient: "0151" } });
    expect(told).toEqual([
      ["drop", expect.stringMatching(/^rejected: the recipient is no E.164 number; 0 attempts /)],
    ]);
    expect(line()).toMatchObject({ otp: "rejected", why: "the recipient is no E.164 number" });
    expect(fetched).not.toHaveBeenCalled();
  });

  it("of a message that an earlier one delivered sends nothing and calls nothing", async () => {
    answer(202);
    await run();
    await run();
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(told).toEqual([]);
    expect(JSON.parse(lines[1] ?? "")).toMatchObject({ otp: "repeated", attempts: 0 });
  });

  it("of a code that has died is dropped", async () => {
    answer(503);
    await run();
    const { now } = Date;
    vi.spyOn(Date, "now").mockImplementation(() => now() + 180_000);
    await run();
    expect(told[1]).toEqual(["drop", expect.stringMatching(/^expired: /)]);
  });

  it.each<[string, unknown]>([
    ["no event", undefined],
    ["null", null],
    ["text", "event"],
    ["an empty object", {}],
    ["a notification of null", { notification: null }],
    ["members of wrong types", { notification: { recipient: [], as_text: {}, code: 7 } }],
    ["secrets of a wrong type", { ...event, secrets: 7, notification: {} }],
  ])("with %s ends with an outcome", async (_name, given) => {
    await customPhoneProvider(config)(given, api());
    const { deadlineMs, lifetimeMs } = config;
    await customEmailProvider({
      deadlineMs,
      lifetimeMs,
      steps: [],
      from: { address: "a@example.com" },
    })(given, api());
    expect(told.map(([outcome]) => outcome)).toEqual(["drop", "drop"]);
    expect(lines).toHaveLength(2);
  });

  it("in which anything throws is tried again and quotes nothing of it", async () => {
    const hostile = {
      get notification(): object {
        throw new Error("987654 +4915112345678");
      },
    };
    await run(hostile);
    expect(told).toEqual([["retry", expect.stringMatching(/^failed: the handler failed; 0 /)]]);
    expect(line()).toMatchObject({ otp: "failed", type: "unknown", medium: "unknown" });
    expect(lines.join() + told.join()).not.toMatch(/987654|49151/);
  });

  it("does not wait for a cache that hangs: the first call goes out within half a second", async () => {
    answer(202);
    const stuck = { get: () => new Promise(() => undefined), set: () => undefined };
    await customPhoneProvider({ ...config, deadlineMs: 5_000 })(event, { ...api(), cache: stuck });
    expect(told).toEqual([]);
    expect(line()).toMatchObject({ otp: "accepted", attempts: 1 });
    expect(line()["ms"]).toBeLessThan(500);
  });

  it.each([
    ["that is not set", {}, "secret"],
    ["that is empty", { API_KEY: "" }, "secret"],
    ["with a line break", { API_KEY: "hush\nhush" }, "header"],
  ])("with a secret %s is the account's fault, without a call", async (_name, secrets, status) => {
    answer(202);
    const picks = {
      ...step,
      secrets: (all: Record<string, string>) => ({ apiKey: all["API_KEY"] }),
    };
    await run({ ...event, secrets }, { steps: [picks as never] });
    expect(fetched).not.toHaveBeenCalled();
    expect(line()).toMatchObject({ otp: "failed", status, config: "http" });
  });

  it("is accepted even where noting it hangs", async () => {
    answer(202);
    const stuck = { get: () => undefined, set: () => new Promise(() => undefined) };
    await customPhoneProvider(config)(event, { ...api(), cache: stuck });
    expect(told).toEqual([]);
    expect(line()).toMatchObject({ otp: "accepted", status: 202 });
  });

  it("leaves no timer behind", async () => {
    answer(202);
    const set = vi.spyOn(globalThis, "setTimeout");
    const cleared = vi.spyOn(globalThis, "clearTimeout");
    await run();
    const timers = set.mock.results.map(({ value }) => value as unknown);
    const gone = cleared.mock.calls.map(([timer]) => timer as unknown);
    expect(timers.length).toBeGreaterThan(0);
    expect(timers.filter((timer) => !gone.includes(timer))).toEqual([]);
  });
});
