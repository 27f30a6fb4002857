import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import type { settings as spec } from "../../../../actions/vendors/phone/twilio.ts";
import { vendor as twilio } from "../../../../actions/vendors/phone/twilio.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import type { HttpRequest } from "../../../../actions/vendors/vendor.ts";
import { allMean, answer, givesVerdicts } from "../answers.ts";
import { captured, equalsSdk } from "../captured.ts";
import { german, key, phone } from "../messages.ts";

const { credentials } = captured("phone/twilio");
const send = (message: PhoneMessage, settings: Partial<SettingsOf<typeof spec>> = {}) =>
  twilio.request({
    message,
    settings: { accountSid: credentials["accountSid"] ?? "", ...settings },
    secrets: { authToken: credentials["authToken"] ?? "" },
    key,
    now: 0,
    token: "",
  });

const expiry = { "body.ValidityPeriod": "a code that waits past its lifetime is never sent" };

equalsSdk("phone/twilio", {
  A: { request: () => send(phone()), differences: expiry },
  "A+name": { request: () => send(phone({ from: "Example" })), differences: expiry },
  "A+options": { request: () => send(phone(), { riskCheck: "disable" }) },
  "A+riskCheckEnable": {
    request: () => send(phone(), { riskCheck: "enable" }),
    differences: expiry,
  },
  "A+messagingService": {
    request: () => send(phone(), { messagingServiceSid: credentials["messagingServiceSid"] ?? "" }),
  },
  whatsapp: {
    request: () =>
      send(phone({ medium: "whatsapp" }), { contentSid: credentials["contentSid"] ?? "" }),
  },
  voice: { request: () => send(phone({ medium: "voice" })) },
  "voice-B": { request: () => send(phone({ ...german, medium: "voice", locale: "de-DE" })) },
});

const no = (code: number, message = "", status = 400) =>
  answer(status, {
    code,
    message,
    more_info: `https://www.twilio.com/docs/errors/${String(code)}`,
    status,
  });

// Source of the codes and texts: https://www.twilio.com/docs/api/errors, one page a code, and
// Twilio's changelog of 10 July 2024.
givesVerdicts(twilio, [
  ...allMean("accepted", {
    "a queued message": answer(201, { sid: "SM1", status: "queued", error_code: null }),
    "an accepted message of a Messaging Service": answer(201, { sid: "SM1", status: "accepted" }),
  }),
  ...allMean("unknown", {
    "an empty 201": answer(201),
    "HTML in a 200": answer(200, "<html>"),
  }),
  ["invalid number", no(21211), { kind: "recipient_refused", code: "21211" }],
  ...allMean("recipient_refused", {
    "a code as text": answer(400, { code: "21211" }),
    "the text of an invalid number": no(21211, "The 'To' number +1 is not a valid phone number."),
    "opted out": no(21610, "Attempt to send to unsubscribed recipient"),
    "not a mobile number": no(21614, "'To' number is not a valid mobile number"),
    "a short code as the recipient": no(21265),
    "the same number twice": no(21266, "'To' and 'From' number cannot be the same"),
    "a premium number": no(21268),
    "a landline": no(21635, "'To' number cannot be a landline"),
    "too long": no(21617),
    "a premium number for a call": no(21202),
    "an unreachable number for a call": no(21214),
    "an invalid number for a call": no(21217),
    "SMS pumping": no(30450, "Message delivery blocked", 403),
    "an invalid number with a code to come": no(21999, "Invalid 'To' Phone Number: +1"),
    "a 201 that failed at a landline": answer(201, {
      sid: "SM1",
      status: "undelivered",
      error_code: 30006,
    }),
    "a 201 that was filtered": answer(201, { sid: "SM1", status: "failed", error_code: "30007" }),
  }),
  ...allMean("destination_refused", {
    "geo permissions for messages": no(
      21408,
      "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: +1.",
    ),
    "geo permissions for calls": no(21215),
    "international calls not enabled": no(21203),
    "a number that may not be called": no(21216),
    "a pair that cannot be connected": no(
      21612,
      "The 'To' phone number: +1, is not currently reachable using the 'From' phone number: A via SMS.",
    ),
    "a carrier that wants a registered sender": answer(201, {
      sid: "SM1",
      status: "failed",
      error_code: 30040,
    }),
  }),
  ["bad credentials", no(20003, "Authenticate", 401), { kind: "account_fault", code: "20003" }],
  ...allMean("account_fault", {
    "a sender that sends no SMS": no(
      21606,
      "The 'From' phone number provided is not a valid, SMS-capable inbound phone number",
    ),
    "a sender that is not Twilio's": no(
      21659,
      "'From' A is not a Twilio phone number or Short Code country mismatch",
    ),
    "a sender of another account": no(
      21660,
      "Mismatch between the 'From' number A and the account AC",
    ),
    "a sender without SMS": no(21661),
    "an invalid sender": no(
      21212,
      "The 'From' number A is not a valid phone number, shortcode, or alphanumeric sender ID.",
    ),
    "an invalid sender under the recipient's code": no(21211, "Invalid 'From' Number"),
    "a sender ID that is invalid there": no(21657),
    "no sender": no(21603, "A 'From' phone number is required."),
    "a trial account": no(
      21608,
      "The number +1 is unverified. Trial accounts cannot send messages to unverified numbers",
    ),
    "a trial account's call": no(
      21219,
      "The number +1 is unverified. Trial accounts may only make calls to verified numbers.",
    ),
    "a sender not verified for calls": no(21210),
    "no sender in the Messaging Service": no(21703),
    "an empty Messaging Service": no(21704),
    "an invalid Messaging Service": no(21705),
    "an inactive account": no(10001, "", 401),
    "no such account": no(20404, "", 404),
    "a lifetime out of range": no(21624),
    "another account's template": no(21655),
    "template variables": no(21656),
    "a WhatsApp sender that is none": no(63007),
    "outside of the window": no(63016),
    "a 201 from a suspended account": answer(201, {
      sid: "SM1",
      status: "failed",
      error_code: 30002,
    }),
    "a 201 from an unregistered 10DLC number": answer(201, {
      sid: "SM1",
      status: "undelivered",
      error_code: 30034,
    }),
    "a 201 that failed with a code to come": answer(201, {
      sid: "SM1",
      status: "failed",
      error_code: 39999,
    }),
    "an unknown code": no(21999),
    "a 409": answer(409, { code: 20409 }),
  }),
  ...allMean("not_sent", {
    "rate limited": no(20429, "", 429),
    "a full queue": no(21611),
    "a 201 that failed without a code": answer(201, {
      sid: "SM1",
      status: "failed",
      error_code: null,
    }),
    "a 201 that overflowed the queue": answer(201, {
      sid: "SM1",
      status: "failed",
      error_code: 30001,
    }),
  }),
  ...[63003, 63024, 63033].map(
    (code) =>
      [
        `WhatsApp's ${String(code)}`,
        no(code),
        { kind: "recipient_refused", code: String(code), otherMedium: true },
      ] as const,
  ),
]);

describe("a call", () => {
  const spoken = (locale: string | undefined, text: string = german.text) => {
    const { body } = send(phone({ medium: "voice", text, locale })) as HttpRequest;
    return new URLSearchParams(body).get("Twiml") ?? "";
  };

  it.each([
    ["de", "de-DE"],
    ["de-DE,de;q=0.9", "de-DE"],
    ["es-AR,es;q=8.0", "es-ES"],
    ["zh_Hant_TW", "zh-TW"],
    ["nn", "nb-NO"],
  ])("in %s is read in Twilio's %s", (locale, language) => {
    expect(spoken(locale)).toContain(`<Say language="${language}">`);
  });

  it.each(['en" x="', 'en"><Hangup/></Say><Say x="', "a<b&c", "", undefined])(
    "in %j is read in Twilio's default",
    (locale) => {
      expect(spoken(locale)).toContain("<Response><Say>");
    },
  );

  it("reads markup and leaves out what XML forbids", () => {
    expect(spoken("en-US", `</Say><Hangup/> & "1\u0000\u001b2"`)).toContain(
      ">&lt;/Say&gt;&lt;Hangup/&gt; &amp; &quot;12&quot;</Say></Response>",
    );
  });
});

describe("a text message", () => {
  const validity = (lifetimeS?: number) => {
    const { body } = send(phone({ lifetimeS })) as HttpRequest;
    return new URLSearchParams(body).get("ValidityPeriod");
  };

  it("asks for no lifetime that Twilio refuses", () => {
    expect([validity(180), validity(86_400), validity(0)]).toEqual(["180", "36000", "1"]);
  });

  it("asks for none without a code", () => {
    expect(validity()).toBeNull();
  });
});
