import { describe, expect, it } from "vitest";
import { countryRules } from "../../../actions/delivery/countries.ts";
import type { PhoneMessage } from "../../../actions/delivery/message.ts";
import type { PhoneDeliveryConfig } from "../../../actions/delivery/phone.ts";
import { preparePhone } from "../../../actions/delivery/phone.ts";
import type { Step } from "../../../actions/delivery/config.ts";
import * as conditions from "../../../actions/delivery/conditions.ts";
import { router } from "../../../actions/delivery/route.ts";
import { phoneVendors } from "../../../actions/vendors/phone/index.ts";
import type { SettingsSpec } from "../../../actions/vendors/settings.ts";
import type { Vendor } from "../../../actions/vendors/vendor.ts";

type PhoneStep = Step<PhoneMessage>;
const http = phoneVendors.http.vendor as Vendor<PhoneMessage, SettingsSpec>;
const step = (id: string, medium: string, needsCode?: boolean): PhoneStep => ({
  id,
  medium,
  vendor: { ...http, ...(needsCode !== undefined && { needsCode }) },
  timeoutMs: 5_000,
  settings: {},
  secrets: () => ({}),
});
const text = step("a", "text");
const voice = step("a", "voice");
const config: PhoneDeliveryConfig = {
  deadlineMs: 17_000,
  lifetimeMs: 180_000,
  from: "+15005550001",
  steps: [text, voice],
};
const whole = {
  recipient: "+49 151 12345678",
  as_text: "123456 is your code",
  as_voice: "Your code is 123456. Again: 123456.",
  code: "123456",
  delivery_method: "text",
  message_type: "otp_verify",
  locale: "de_DE",
};
const prepare = (change: object = {}, more: Partial<PhoneDeliveryConfig> = {}) =>
  preparePhone(
    { tenant: { id: "t" }, request: { ip: "192.0.2.1" }, notification: { ...whole, ...change } },
    { ...config, ...more },
  );
const message = (change: object = {}, more: Partial<PhoneDeliveryConfig> = {}) => {
  const { steps, message: make } = prepare(change, more);
  return make(steps[0] ?? text, 170);
};

describe("a text message", () => {
  it("holds all that the event says, from the environment's sender", () => {
    expect(message()).toEqual({
      medium: "text",
      to: "+4915112345678",
      from: "+15005550001",
      text: "123456 is your code",
      code: "123456",
      messageType: "otp_verify",
      locale: "de-DE",
      ip: "192.0.2.1",
      lifetimeS: 170,
    });
  });

  it("gets the origin-bound last line of WebOTP", () => {
    expect(message({}, { webOtp: "example.com" }).text).toBe(
      "123456 is your code\n\n@example.com #123456",
    );
  });

  it.each([
    "123456 is your code\n\n@example.com #123456",
    "123456 is your code\n@login.example.org #123456\n",
  ])("gets no second such line after the template's own: %j", (as_text) => {
    expect(message({ as_text }, { webOtp: "example.com" }).text).toBe(as_text);
  });

  it.each<[string, object]>([
    ["has no code", { code: "" }],
    ["is read out", { delivery_method: "voice" }],
  ])("gets no such line where it %s", (_name, change) => {
    expect(message(change, { webOtp: "example.com" }).text).not.toContain("@example.com");
  });

  it("is refused as empty though WebOTP would add a line", () => {
    expect(prepare({ as_text: "" }, { webOtp: "example.com" }).refused).toBe(
      "the message is empty",
    );
  });

  it("dies with its code, and never without one", () => {
    expect(prepare().expires).toBe(true);
    expect(prepare({ code: undefined }).expires).toBe(false);
    expect(message({ code: undefined }).code).toBeUndefined();
    expect(message({ code: undefined }).lifetimeS).toBeUndefined();
  });

  it("is what an unknown delivery method means", () => {
    expect(message({ delivery_method: "pigeon" }).medium).toBe("text");
  });
});

describe("a call", () => {
  it("reads the code out digit by digit, wherever it stands", () => {
    const { medium, text: said } = message({ delivery_method: "voice" });
    expect(medium).toBe("voice");
    expect(said).toBe("Your code is 1, 2, 3, 4, 5, 6. Again: 1, 2, 3, 4, 5, 6.");
  });

  it("says the text where the event has nothing to say", () => {
    const { text: said } = message({ delivery_method: "voice", as_voice: "" });
    expect(said).toBe("1, 2, 3, 4, 5, 6 is your code");
  });

  it("says what there is where no code is", () => {
    const { text: said } = message({ delivery_method: "voice", code: "", as_voice: "Hello" });
    expect(said).toBe("Hello");
  });
});

describe("senders", () => {
  const rules = countryRules({ DE: "49", US: "1" }, {}, {});

  it("follow the recipient's country", () => {
    const more = { rules, senders: { DE: "Example" } };
    expect(message({}, more).from).toBe("Example");
    expect(message({}, more).country).toBe("DE");
    expect(message({ recipient: "+12025550100" }, more).from).toBe("+15005550001");
    expect(message({ recipient: "+33612345678" }, more).from).toBe("+15005550001");
  });

  it("may be missing, for vendors that pick one", () => {
    const { from: _, ...without } = config;
    expect(preparePhone({ notification: whole }, without).message(text, 1).from).toBeUndefined();
  });
});

describe("vendors", () => {
  const steps = [
    step("whatsapp", "whatsapp"),
    step("template", "text", true),
    step("plain", "text"),
    step("caller", "voice"),
  ];
  const ids = (change: object, more: Partial<PhoneDeliveryConfig> = {}) =>
    prepare(change, { steps, ...more }).steps.map(({ id }) => id);

  it("write what is to be written", () => {
    expect(ids({})).toEqual(["whatsapp", "template", "plain"]);
  });

  it("call where a call is asked for", () => {
    expect(ids({ delivery_method: "voice" })).toEqual(["caller"]);
  });

  it("with templates get no message without a code, WhatsApp included", () => {
    expect(ids({ code: "" })).toEqual(["plain"]);
  });

  it("that send nothing but the code say so", () => {
    const found = Object.values(phoneVendors).flatMap(
      ({ vendor }: { vendor: { name: string; needsCode?: boolean } }) =>
        vendor.needsCode ? vendor.name : [],
    );
    expect(found).toEqual(["prelude", "twilio-verify", "whatsapp-cloud"]);
  });

  it("on WhatsApp may say that they need no code", () => {
    const free = [step("free", "whatsapp", false)];
    expect(ids({ code: "" }, { steps: free })).toEqual(["free"]);
  });

  it("come in the order of the route, of which only those that can are asked", () => {
    const route = router<string>(
      [{ countries: ["DE"], vendors: ["plain", "caller", "whatsapp"] }],
      conditions,
    );
    const rules = countryRules({ DE: "49" }, {}, {});
    expect(ids({}, { route, rules })).toEqual(["plain", "whatsapp"]);
    expect(ids({ recipient: "+12025550100" }, { route, rules })).toHaveLength(3);
  });

  it("are routed by the delivery method and the message type", () => {
    const route = router<string>(
      [
        { channels: ["voice"], vendors: ["caller"] },
        { messageTypes: ["otp_enroll"], vendors: ["plain"] },
      ],
      conditions,
    );
    expect(ids({ delivery_method: "voice" }, { route })).toEqual(["caller"]);
    expect(ids({ message_type: "otp_enroll" }, { route })).toEqual(["plain"]);
  });
});

describe("refused is a message", () => {
  const rules = countryRules({ DE: "49" }, { allow: ["DE"] }, { deny: ["DE"] });
  it.each<[string, object, Partial<PhoneDeliveryConfig>]>([
    ["the recipient is no E.164 number", { recipient: "015112345678" }, {}],
    ["the recipient is no E.164 number", { recipient: undefined }, {}],
    ["the country is not allowed", { recipient: "+12025550100" }, { rules }],
    ["the country is not allowed", { delivery_method: "voice" }, { rules }],
    ["the message is empty", { as_text: " " }, {}],
    ["the message is empty", { delivery_method: "voice", as_text: "", as_voice: "" }, {}],
    ["no vendor for voice", { delivery_method: "voice" }, { steps: [text] }],
    ["no vendor for text", {}, { steps: [voice] }],
  ])("since %s", (refused, change, more) => {
    expect(prepare(change, more).refused).toBe(refused);
  });

  it("for nothing else", () => {
    expect(prepare({}, { rules }).refused).toBeUndefined();
    expect(prepare({ delivery_method: "voice" }).refused).toBeUndefined();
  });
});

describe("what is told of it", () => {
  it("is its type, method, country and last two digits", () => {
    const rules = countryRules({ DE: "49" }, {}, {});
    expect(prepare({}, { rules }).logContext).toEqual({
      type: "otp_verify",
      medium: "text",
      country: "DE",
      last2: "78",
    });
  });

  it("hides recipient and code", () => {
    expect(prepare().hidden).toEqual(["+4915112345678", "123456"]);
  });

  it("makes it another message for another tenant, recipient, method, text or code", () => {
    const identity = (change: object) => JSON.stringify(prepare(change).identity);
    const changes = [
      { recipient: "+12025550100" },
      { delivery_method: "voice", as_voice: "123456 is your code", code: "1" },
      { as_text: "x" },
      { code: "1" },
    ];
    expect(new Set([{}, ...changes].map(identity)).size).toBe(5);
    const other = preparePhone({ tenant: { id: "u" }, notification: whole }, config);
    expect(JSON.stringify(other.identity)).not.toBe(identity({}));
  });
});
