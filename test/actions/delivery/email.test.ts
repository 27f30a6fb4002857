import { describe, expect, it } from "vitest";
import type { EmailDeliveryConfig } from "../../../actions/delivery/email.ts";
import { address, prepareEmail } from "../../../actions/delivery/email.ts";
import type { EmailMessage } from "../../../actions/delivery/message.ts";
import type { Step } from "../../../actions/delivery/config.ts";
import * as conditions from "../../../actions/delivery/conditions.ts";
import { router } from "../../../actions/delivery/route.ts";
import { emailVendors } from "../../../actions/vendors/email/index.ts";

const step = (id: string, needsCode = false): Step<EmailMessage> => ({
  id,
  medium: "email",
  vendor: { ...emailVendors.http.vendor, needsCode },
  timeoutMs: 5_000,
  settings: {},
  secrets: () => ({}),
});
const config: EmailDeliveryConfig = {
  deadlineMs: 17_000,
  lifetimeMs: 180_000,
  from: { address: "login@example.com", name: "Example" },
  steps: [step("a"), step("b", true)],
};
const whole = {
  to: "jo@example.org",
  from: "ignored@example.com",
  subject: "Your code",
  html: "<p>Your code is <b>123456</b></p>",
  text: "Your code is 123456",
  locale: "pt_BR",
  message_type: "verification_code",
};
const prepare = (change: object = {}, more: Partial<EmailDeliveryConfig> = {}) =>
  prepareEmail(
    { tenant: { id: "t" }, notification: { ...whole, ...change } },
    { ...config, ...more },
  );
const message = (change: object = {}, more: Partial<EmailDeliveryConfig> = {}) => {
  const { steps, message: make } = prepare(change, more);
  return make(steps[0] ?? step("a"), 180);
};

describe("an e-mail", () => {
  it("holds all that the event says, from the environment's sender", () => {
    expect(message()).toEqual({
      to: "jo@example.org",
      from: { address: "login@example.com", name: "Example" },
      subject: "Your code",
      html: "<p>Your code is <b>123456</b></p>",
      text: "Your code is 123456",
      messageType: "verification_code",
      code: "123456",
      locale: "pt-BR",
    });
  });

  it("has the environment's reply-to", () => {
    const replyTo = { address: "help@example.com" };
    expect(message({}, { replyTo }).replyTo).toEqual(replyTo);
  });

  it("gets its text from the HTML where there is none", () => {
    expect(message({ text: "" }).text).toBe("Your code is 123456");
  });

  it("gets its HTML from the text where there is none, with nothing in it taken for HTML", () => {
    expect(message({ html: "", text: "a <b> & c" }).html).toBe("<pre>a &lt;b> &amp; c</pre>");
  });

  it("has the subject for a text where its HTML shows none", () => {
    expect(message({ html: "<img>", text: "" }).text).toBe("Your code");
    expect(message({ html: "<img>", text: "", subject: "" }).text).toBe(" ");
  });

  it("has a subject without line breaks, which would begin a header", () => {
    expect(message({ subject: "a\r\nBcc: x@example.org\n" }).subject).toBe("a Bcc: x@example.org ");
  });

  it.each([
    ["the only number", "Your code is 123456", "123456"],
    ["six digits rather than a year", "© 2026 Example. Your code is 123456", "123456"],
    ["other lengths where no number has six digits", "Code: 1234", "1234"],
    ["ten digits", "Code: 1234567890", "1234567890"],
    ["nothing in eleven digits", "Call 12345678901", undefined],
    ["nothing in three", "within 180 s", undefined],
  ])("finds as its code %s", (_name, text, code) => {
    expect(message({ text, subject: "" }).code).toBe(code);
  });

  it("finds the code in the subject too", () => {
    expect(message({ subject: "654321 is your code", text: "x" }).code).toBe("654321");
  });

  it.each(["verify_email", "welcome_email", "stolen_credentials"])(
    "of the type %s has no code and never dies",
    (message_type) => {
      const { expires, message: make } = prepare({ message_type });
      expect(expires).toBe(false);
      expect(make(step("a"), 1).code).toBeUndefined();
    },
  );

  it.each(["verify_email_by_code", "reset_email_by_code", "verification_code", "mfa_oob_code"])(
    "of the type %s dies with its code",
    (message_type) => {
      expect(prepare({ message_type }).expires).toBe(true);
    },
  );
});

describe("vendors", () => {
  const ids = (change: object, more: Partial<EmailDeliveryConfig> = {}) =>
    prepare(change, more).steps.map(({ id }) => id);

  it("are all asked to send a message with a code", () => {
    expect(ids({})).toEqual(["a", "b"]);
  });

  it("that need a code are not asked to send one without", () => {
    expect(ids({ message_type: "verify_email" })).toEqual(["a"]);
  });

  it("come in the order of the route", () => {
    const route = router<{ name?: string }>(
      [{ messageTypes: ["verification_code"], vendors: ["b", "a"] }],
      conditions,
    );
    expect(ids({}, { route })).toEqual(["b", "a"]);
    expect(ids({ message_type: "mfa_oob_code" }, { route })).toEqual(["a", "b"]);
  });
});

describe("refused is a message", () => {
  it.each<[string, object, Partial<EmailDeliveryConfig>]>([
    ["the recipient is no e-mail address", { to: "jo" }, {}],
    ["the recipient is no e-mail address", { to: undefined }, {}],
    ["the recipient is no e-mail address", { to: ["jo@example.org"] }, {}],
    ["the message is empty", { html: " ", text: "\n" }, {}],
    ["no vendor for this type", { message_type: "verify_email" }, { steps: [step("b", true)] }],
  ])("since %s", (refused, change, more) => {
    expect(prepare(change, more).refused).toBe(refused);
  });

  it("for nothing else", () => {
    expect(prepare().refused).toBeUndefined();
    expect(prepare({ html: "" }).refused).toBeUndefined();
    expect(prepare({ text: "" }).refused).toBeUndefined();
  });
});

describe("what is told of it", () => {
  it("is its type and channel", () => {
    expect(prepare().logContext).toEqual({ type: "verification_code", medium: "email" });
  });

  it("hides recipient and code", () => {
    expect(prepare().hidden).toEqual(["jo@example.org", "123456"]);
  });

  it("makes it another message for another tenant, recipient, subject, HTML or text", () => {
    const identity = (change: object) => JSON.stringify(prepare(change).identity);
    const changes = [{ to: "x@example.org" }, { subject: "x" }, { html: "x" }, { text: "x" }];
    expect(new Set([{}, ...changes].map(identity)).size).toBe(5);
    const other = prepareEmail({ tenant: { id: "u" }, notification: whole }, config);
    expect(JSON.stringify(other.identity)).not.toBe(identity({}));
    expect(identity({ locale: "de" })).toBe(identity({}));
  });
});

describe("an address", () => {
  it.each([
    ["jo@example.org", "jo@example.org"],
    [" jo@example.org\n", "jo@example.org"],
    ["jo+tag.x_y'z@example.org", "jo+tag.x_y'z@example.org"],
    ["zoë@example.org", "zoë@example.org"],
    ["jo@müller.example", "jo@xn--mller-kva.example"],
    ["jo@EXAMPLE.org", "jo@example.org"],
    [`${"a".repeat(64)}@example.org`, `${"a".repeat(64)}@example.org`],
  ])("%j is sent to as %s", (value, expected) => {
    expect(address(value)).toBe(expected);
  });

  it.each([
    "",
    "jo",
    "@example.org",
    "jo@",
    "jo@@example.org",
    "jo@a@b",
    "jo <jo@example.org>",
    "jo@example.org,x@example.org",
    "jo@example.org;x",
    "j o@example.org",
    "jo@exa mple.org",
    "jo@example.org\r\nBcc: x@example.org",
    `${"a".repeat(65)}@example.org`,
    "jo@xn--a",
  ])("%j is none", (value) => {
    expect(address(value)).toBe("");
  });
});
