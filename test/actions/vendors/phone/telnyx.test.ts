import { expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import type { settings as spec } from "../../../../actions/vendors/phone/telnyx.ts";
import { vendor as telnyx } from "../../../../actions/vendors/phone/telnyx.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import type { VerdictKind } from "../../../../actions/vendors/vendor.ts";
import { allMean, answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { german, key, phone } from "../messages.ts";

const { credentials } = captured("phone/telnyx");
const messagingProfileId = credentials["messaging_profile_id"] ?? "";
const send = (
  message: PhoneMessage,
  settings: SettingsOf<typeof spec> = {},
  idempotencyKey: string = key,
) =>
  telnyx.request({
    message,
    settings,
    secrets: { apiKey: credentials["apiKey"] ?? "" },
    key: idempotencyKey,
    now: 0,
    token: "",
  });

const keyed = {
  "headers.idempotency-key": "sent at all times; the SDK's own option sends nothing",
};
const plain = {
  "body.type": "a passcode is never turned into an MMS",
  "body.auto_detect": "a passcode is never refused for its length",
};

equalsSdk(
  "phone/telnyx",
  {
    A: { request: () => send(phone()), differences: { ...keyed, ...plain } },
    "A+name": {
      request: () => send(phone({ from: "Example" }), { messagingProfileId }),
      differences: { ...keyed, ...plain },
    },
    "A+options": {
      request: () => send(phone(), { messagingProfileId, encoding: "auto" }),
      differences: keyed,
    },
    "A+idempotencyHeader": {
      request: () => send(phone(), {}, "idem-0001"),
      differences: plain,
    },
  },
  { omitted: { "A+alphanumericEndpoint": "the usual endpoint takes such senders too: A+name" } },
);

it("sends text beyond GSM-7 and an origin-bound last line as they are", async () => {
  const { body } = await send(phone(german));
  expect(JSON.parse(body)).toMatchObject({ to: german.to, from: german.from, text: german.text });
});

const refused = (code: number | string, source?: object) => ({
  errors: [{ code, title: "…", detail: "…", ...(source && { source }) }],
});
const rows = (kind: VerdictKind, codes: Readonly<Record<string, string>>) =>
  Object.entries(codes).map(
    ([code, name]) => [name, answer(422, refused(code)), { kind, code }] as const,
  );
const inside200 = (code: string, status = "queued") =>
  answer(200, { data: { id: "m", errors: [{ code }], to: [{ status }] } });

// Source of the codes: https://developers.telnyx.com/development/api-fundamentals/api-errors and
// https://developers.telnyx.com/docs/messaging/messages/error-codes.
givesVerdicts(telnyx, [
  [
    "accepted",
    answer(200, { data: { id: "m", errors: [], to: [{ status: "queued" }] } }),
    { kind: "accepted" },
  ],
  ...allMean("unknown", {
    "an empty 200": answer(200),
    "HTML in a 200": answer(200, "<html>"),
    "a 200 without an ID": answer(200, { data: {} }),
  }),
  ["a 200 that says no", inside200("40300"), { kind: "recipient_refused", code: "40300" }],
  ["a 200 with an unknown code", inside200("49999"), { kind: "account_fault", code: "49999" }],
  ...allMean("not_sent", {
    "a 200 whose sending failed": answer(200, {
      data: { id: "m", to: [{ status: "sending_failed" }] },
    }),
    "a 200 that was not delivered": answer(200, {
      data: { id: "m", errors: [], to: [{ status: "delivery_failed" }] },
    }),
  }),
  ...allMean("account_fault", {
    "a sender that is no number": answer(400, refused("10002", { pointer: "/from" })),
    "a sender by its name": answer(400, refused("10016", { parameter: "from" })),
    "a bad request": answer(400, refused("10015")),
    "a bad profile": answer(400, refused("10015", { pointer: "/messaging_profile_id" })),
  }),
  ...allMean("recipient_refused", {
    "a recipient that is no number": answer(400, refused("10002", { pointer: "/to" })),
    "a recipient of several": answer(400, refused(40310, { pointer: "/to/0/phone_number" })),
    "a bad request about the recipient": answer(400, refused("10015", { pointer: "/to" })),
    "a code that is a number": answer(422, refused(40300)),
  }),
  ...rows("recipient_refused", {
    10002: "invalid number",
    10016: "a number not in E.164",
    40001: "not routable",
    40009: "invalid text",
    40012: "invalid recipient",
    40300: "opted out",
    40301: "no SMS at this number",
    40302: "too large",
    40310: "invalid to",
    40316: "no content",
    40319: "incompatible type",
    40322: "blocked content",
  }),
  ...rows("destination_refused", { 40309: "country not allowed" }),
  ...rows("account_fault", {
    10001: "inactive sender",
    10004: "a missing parameter",
    10009: "failed authentication",
    10010: "failed authorisation",
    20002: "revoked key",
    20006: "expired token",
    20012: "inactive account",
    20013: "blocked account",
    20014: "unverified account",
    20015: "feature not enabled",
    20100: "no credit",
    40003: "sender blocked as spam",
    40010: "unregistered 10DLC",
    40013: "invalid source",
    40100: "sender without messaging",
    40305: "sender not on the profile",
    40306: "alphanumeric sender not set up",
    40312: "disabled profile",
    40314: "messaging disabled",
    40321: "no usable number",
    40329: "unverified toll-free number",
    40333: "spend limit",
    49999: "an unknown code",
  }),
  ...rows("not_sent", {
    10007: "unexpected error",
    10008: "time-out",
    10011: "too many requests",
    40002: "blocked for now",
    40004: "rejected without a reason",
    40006: "carrier down",
    40011: "upstream rate limit",
    40016: "T-Mobile's limit",
    40018: "AT&T's limit",
    40318: "full queue",
    40320: "sender not usable yet",
  }),
]);
