import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { customEmailProvider } from "../../actions/custom-email-provider.ts";
import { customPhoneProvider } from "../../actions/custom-phone-provider.ts";
import { emailVendors } from "../../actions/vendors/email/index.ts";
import { phoneVendors } from "../../actions/vendors/phone/index.ts";
import type { HttpResponse } from "../../actions/vendors/vendor.ts";
import { ActionCache } from "../../emulator/runtime/cache.ts";

let lines: string[];
let told: string[];
const fetched = vi.fn<typeof fetch>();
beforeEach(() => {
  vi.stubGlobal("fetch", fetched);
  vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const times = { deadlineMs: 900, lifetimeMs: 180_000, timeoutMs: 5_000 };
const url = { url: "https://vendor.example/" };
const step = (medium: string, vendor: unknown) => ({
  ...{ id: "http", medium, vendor: vendor as never, timeoutMs: 5_000, settings: url },
  secrets: () => ({ apiKey: "hush-hush" }),
});
const handlers = {
  email: customEmailProvider({
    ...times,
    from: { address: "login@example.com" },
    steps: [step("email", emailVendors.http.vendor)],
  }),
  phone: customPhoneProvider({
    ...times,
    webOtp: "example.com",
    steps: [step("text", phoneVendors.http.vendor), step("voice", phoneVendors.http.vendor)],
  }),
};

const api = () => ({
  notification: {
    retry: (reason: string) => told.push(reason),
    drop: (reason: string) => told.push(reason),
  },
  cache: new ActionCache(),
});

/** Runs one execution; whatever happens, one line is logged and at most one outcome told. */
async function outcome(channel: "email" | "phone", event: unknown): Promise<string> {
  lines = [];
  told = [];
  await handlers[channel](event, api());
  expect(lines).toHaveLength(1);
  expect(told.length).toBeLessThanOrEqual(1);
  expect(lines[0]?.length).toBeLessThan(256);
  for (const reason of told) expect(reason.length).toBeLessThan(200);
  const { otp } = JSON.parse(lines[0] ?? "") as { otp: string };
  expect(told.length).toBe(["accepted", "repeated"].includes(otp) ? 0 : 1);
  return otp;
}

const anything = fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true });
const notification = fc.record(
  {
    ...{ to: anything, subject: anything, html: anything, text: anything },
    ...{ recipient: anything, as_text: anything, as_voice: anything, code: anything },
    ...{ delivery_method: anything, locale: anything, message_type: anything },
  },
  { requiredKeys: [] },
);
const event = fc.oneof(
  anything,
  fc.record(
    { notification, secrets: anything, tenant: anything, request: anything },
    { requiredKeys: [] },
  ),
);

const mail = {
  to: "jordan@example.org",
  subject: "987654 is your code",
  html: "<b>987654</b>",
  text: "987654",
  message_type: "verification_code",
};
const call = {
  recipient: "+4915112345678",
  as_text: "987654 is your code",
  code: "987654",
  delivery_method: "text",
  message_type: "otp_verify",
};
const good = {
  email: { notification: mail, secrets: { API_KEY: "hush-hush" } },
  phone: { notification: call, secrets: { API_KEY: "hush-hush" } },
};

describe.each(["email", "phone"] as const)("a handler for %s", (channel) => {
  it("ends with an outcome for events of any shape", async () => {
    fetched.mockImplementation(() => Promise.resolve(new Response("{}", { status: 202 })));
    await fc.assert(
      fc.asyncProperty(event, async (one) => {
        await outcome(channel, one);
      }),
      { numRuns: 300 },
    );
  });

  it("sends what is whole in whatever else an event holds", async () => {
    fetched.mockImplementation(() => Promise.resolve(new Response("{}", { status: 202 })));
    let number = 0;
    await fc.assert(
      fc.asyncProperty(anything, anything, async (request, user) => {
        const transaction = { correlation_id: String(number++) };
        const one = { ...good[channel], request, user, transaction };
        expect(await outcome(channel, one)).toBe("accepted");
      }),
      { numRuns: 100 },
    );
  });

  it("leaks nothing of what a vendor may echo", async () => {
    const secret = fc.constantFrom("987654", "+4915112345678", "jordan@example.org", "hush-hush");
    const echo = fc.letrec((tie) => ({
      node: fc.oneof(
        { weight: 3, arbitrary: secret },
        fc.dictionary(fc.constantFrom("code", "error", "id"), tie("node"), { maxKeys: 3 }),
      ),
    })).node;
    // None of these is worth another call: the answer alone is what matters here.
    const status = fc.constantFrom(200, 202, 400, 401, 404, 422);
    await fc.assert(
      fc.asyncProperty(echo, status, async (body, code) => {
        fetched.mockImplementation(() =>
          Promise.resolve(
            new Response(JSON.stringify(body), {
              status: code,
              headers: { "retry-after": "60", "x-echo": "987654" },
            }),
          ),
        );
        await outcome(channel, good[channel]);
        expect(lines.join() + told.join()).not.toMatch(/987654|49151|jordan|hush/);
      }),
      { numRuns: 100 },
    );
  });
});

const every = [...Object.entries(emailVendors), ...Object.entries(phoneVendors)].map(
  ([name, { vendor }]) => [name, (response: HttpResponse) => vendor.verdict(response)] as const,
);
describe.each(every)("%s", (_name, verdict) => {
  it("has a verdict for answers of any shape", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.jsonValue(), (status, json) => {
        const body = JSON.stringify(json);
        const kinds = [
          "accepted",
          "recipient_refused",
          "destination_refused",
          "account_fault",
          "not_sent",
          "unknown",
        ];
        const given = verdict({ status, headers: {}, body, json });
        expect(kinds).toContain(given.kind);
        if (given.code !== undefined) expect(typeof given.code).toBe("string");
        if (status >= 300 || status < 200) expect(given.kind).not.toBe("accepted");
        if (status >= 500)
          expect(["not_sent", "recipient_refused", "account_fault", "unknown"]).toContain(
            given.kind,
          );
      }),
      { numRuns: 200 },
    );
  });

  it.each([200, 202, 302, 400, 401, 404, 500])(
    "takes an empty answer and HTML with %i for no JSON, and trips over neither",
    (status) => {
      for (const body of ["", "<html>"]) verdict({ status, headers: {}, body, json: undefined });
    },
  );
});
