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
  html: "<p>Your code is <b data-otp>123456</b></p>",
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
      html: "<p>Your code is <b data-otp>123456</b></p>",
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

  it("has a subject of our own where it has none, since vendors refuse that", () => {
    expect(message({ subject: "" }).subject).toBe("Your verification code");
    expect(message({ subject: "\u0000\r\n" }).subject).toBe("Your verification code");
    expect(message({ subject: "", message_type: "verify_email" }).subject).toBe("Example");
    const from = { address: "login@example.com" };
    expect(message({ subject: "", message_type: "verify_email" }, { from }).subject).toBe(
      "verify_email",
    );
  });

  it("holds no control characters that could begin a header or end a field", () => {
    const from = { address: "login@example.com", name: "Ex\r\nBcc: x@example.org\u0000" };
    const made = message(
      { subject: "a\u0085b\u2028c\u0000", text: "a\u0000b\tc\r\nd", html: "<p>\u001b</p>" },
      { from, replyTo: from },
    );
    expect(made).toMatchObject({
      subject: "a b c ",
      text: "ab\tc\r\nd",
      html: "<p></p>",
      from: { name: "Ex Bcc: x@example.org " },
      replyTo: { name: "Ex Bcc: x@example.org " },
    });
  });

  it.each([
    ["Your code is 123456", "Hello"],
    ["[Ticket 104233] Your code", "<p>482913</p>"],
    ["Sign in, 2026", "<p>Your code is <b>4829</b></p>"],
  ])("has no code that is not marked: %s, %s", (subject, html) => {
    expect(message({ subject, html, text: "" }).code).toBeUndefined();
  });

  it("has the code that its HTML marks, whatever other numbers it holds", () => {
    const html = "<p>Bengaluru 560001</p><p>Your code is <b data-otp>482913</b></p>";
    expect(message({ subject: "[Ticket 104233]", html, text: "560001 482913" }).code).toBe(
      "482913",
    );
  });

  it.each([
    ["pt_BR", "pt-BR"],
    ["zh_Hant_TW", "zh-Hant-TW"],
    ["es-AR,es;q=8.0", "es-AR"],
    ["de;q=1", "de"],
    ['en" x="', undefined],
    ["a<b&c", undefined],
    ["*", undefined],
    ["", undefined],
  ])("with the locale %j has the language %s", (locale, expected) => {
    expect(message({ locale }).locale).toBe(expected);
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

  it("that need a code are not asked to send one that is not marked", () => {
    expect(ids({ html: "<p>Your code is 123456</p>" })).toEqual(["a"]);
  });

  it("whose settings name a template of theirs are asked unless a code is not marked", () => {
    const { vendor } = emailVendors.customerio;
    const steps = [{ ...step("c"), vendor, settings: { transactionalMessageId: "otp" } }];
    const plain = [{ ...step("c"), vendor }];
    const unmarked = { html: "<p>Your code is 123456</p>" };
    expect(ids({}, { steps })).toEqual(["c"]);
    expect(ids({ message_type: "verify_email" }, { steps })).toEqual(["c"]);
    expect(ids(unmarked, { steps })).toEqual([]);
    expect(ids(unmarked, { steps: plain })).toEqual(["c"]);
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
    ["the template does not mark its code", { html: "123456" }, { steps: [step("b", true)] }],
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
    expect(new Set(prepare().hidden)).toEqual(new Set(["jo@example.org", "123456"]));
  });

  it("hides every number that may be the code where none is marked", () => {
    const { hidden } = prepare({ subject: "[Ticket 104233]", html: "<p>482913</p>", text: "" });
    expect(hidden).toEqual(expect.arrayContaining(["104233", "482913"]));
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
    ['"jo doe"@example.org', '"jo doe"@example.org'],
    ['"a,b\\"c@d"@example.org', '"a,b\\"c@d"@example.org'],
    ['"da..ta."@docomo.example', '"da..ta."@docomo.example'],
    ["da..ta.@docomo.example", '"da..ta."@docomo.example'],
    [".data@docomo.example", '".data"@docomo.example'],
    ["dån@example.org", "dån@example.org"],
    ["!#$%&'*+-/=?^_`{|}~@example.org", "!#$%&'*+-/=?^_`{|}~@example.org"],
    ["jo@mail_1.example.org", "jo@mail_1.example.org"],
    ["jo@1and1.example", "jo@1and1.example"],
    ["jo@123.example", "jo@123.example"],
    ["jo@例え。テスト", "jo@xn--r8jz45g.xn--zckzah"],
    ["jo@xn--mller-kva.example", "jo@xn--mller-kva.example"],
    ["jo@localhost", "jo@localhost"],
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
    "attacker@evil.example#.corp.example",
    "attacker@evil.example/.corp.example",
    "attacker@evil.example?.corp.example",
    "attacker@evil.example%23.corp.example",
    "attacker@evil.example＃.corp.example",
    "attacker@evil.example℀.corp.example",
    "attacker@evil.example:80",
    "a@123",
    "a@0x7f.1",
    "a@0x7f",
    "a@0x",
    "a@127.0.0.1",
    "a@127.1",
    "a@１２７.１",
    "a@[127.0.0.1]",
    "a@[IPv6:::1]",
    "a@example.org.",
    "a@.example.org",
    "a@example..org",
    "a@-example.org",
    "a@example-.org",
    `a@${"a".repeat(64)}.example`,
    `a@${"a.".repeat(127)}example`,
    '""@example.org',
    '"a"b@example.org',
    '"a\r\nBcc: x"@example.org',
    '"a\u0000"@example.org',
    "a\u200b@example.org",
    "a\u0000@example.org",
    "a\u2028b@example.org",
  ])("%j is none", (value) => {
    expect(address(value)).toBe("");
  });
});
