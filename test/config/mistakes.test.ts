import { getCountries } from "libphonenumber-js";
import { describe, expect, it } from "vitest";
import { messageTypes } from "../../actions/auth0.ts";
import { countryCodes } from "../../config/country-codes.ts";
import { problemsWith } from "./environments.ts";

const routes = (route: object) => [{ vendors: ["twilio"], ...route }];

describe("a value outside a known set is answered with the nearest one", () => {
  it.each<[string, unknown, string]>([
    [
      "phone.countries",
      { allow: ["UK", "DE"] },
      'allow[0]: expected an ISO 3166 code such as DE or a prefix such as +4420, got: "UK"; did you mean GB?',
    ],
    [
      "phone.countries",
      { deny: ["EN"] },
      'deny[0]: expected an ISO 3166 code such as DE or a prefix such as +4420, got: "EN"; did you mean GB?',
    ],
    ["phone.countries", { allow: ["de"] }, "did you mean DE?"],
    ["phone.countries", { allow: ["Germany"] }, "did you mean DE?"],
    ["phone.countries", { allow: ["Österreich"] }, "did you mean AT?"],
    ["phone.countries", { allow: ["SWE"] }, "did you mean SE?"],
    ["phone.countries", { allow: ["USA"] }, "did you mean US?"],
    ["phone.countries", { allow: ["0044"] }, "did you mean +44?"],
    ["phone.countries", { allow: ["49"] }, "did you mean +49?"],
    ["phone.countries", { voice: { allow: ["JA"] } }, "phone.countries.voice.allow[0]: "],
    ["phone.countries", { voice: { allow: ["JA"] } }, "did you mean JP?"],
    [
      "phone.senders",
      { UK: "+15005550006" },
      'phone.senders: expected an ISO 3166 code such as DE, got: "UK"; did you mean GB?',
    ],
    ["phone.routes", routes({ countries: ["SP"] }), "did you mean ES?"],
    [
      "phone.routes",
      routes({ messageTypes: ["otp_verfy"] }),
      'got: "otp_verfy"; did you mean otp_verify?',
    ],
    [
      "phone.routes",
      routes({ messageTypes: ["verification_code"] }),
      "phone.routes[0].messageTypes[0]: expected one of otp_verify, ",
    ],
    ["phone.routes", routes({ channels: ["Text"] }), "did you mean text?"],
    ["phone.routes", routes({ locales: ["de_AT"] }), "did you mean de-AT?"],
    ["phone.routes", routes({ locales: ["german"] }), "did you mean de?"],
    [
      "phone.routes",
      routes({ locales: ["xx"] }),
      'expected a language such as de or de-AT, got: "xx"',
    ],
    ["phone.routes", [{ vendors: ["twillio"] }], 'got: "twillio"; did you mean twilio?'],
    [
      "phone.routes",
      routes({ customDomains: ["https://login.example.com/"] }),
      "did you mean login.example.com?",
    ],
    ["phone.methods", ["voise"], "did you mean voice?"],
    [
      "email.routes",
      [{ messageTypes: ["verify_mail"], vendors: ["postmark"] }],
      "did you mean verify_email?",
    ],
    ["email.vendors.0.vendor", "postmrak", "did you mean postmark?"],
    ["phone.vendors.0.channels", ["sms", "voic"], "did you mean voice?"],
    ["backend.type", "S3", "did you mean s3?"],
    ["duplicates", "tolerated", "did you mean tolerate?"],
    ["resend", "next", 'resend: expected one of next-vendor, same, got: "next"'],
  ])("%s: %j", (path, value, expected) => {
    expect(problemsWith({ [path]: value }).join("\n")).toContain(expected);
  });

  it.each([...countryCodes])("and %s is a country", (code) => {
    expect(problemsWith({ "phone.countries": { allow: [code] } })).toEqual([]);
  });

  it("has the countries that the bundles' table of calling codes knows", () => {
    expect([...countryCodes].sort()).toEqual([...getCountries()].sort());
  });

  it("takes every type of message on its own channel", () => {
    expect(
      problemsWith({
        "email.routes": [{ messageTypes: [...messageTypes.email], vendors: ["postmark"] }],
        "phone.routes": routes({ messageTypes: [...messageTypes.phone] }),
      }),
    ).toEqual([]);
  });
});

describe("a field that is nearly right is named", () => {
  it.each([
    ["email.vendors.0.timeoutMS", "timeoutMs"],
    ["email.vendors.0.timeout_ms", "timeoutMs"],
    ["email.replyto", "replyTo"],
    ["promotedfrom", "promotedFrom"],
    ["email.From", "from"],
    ["phone.country", "countries"],
    ["phone.lifetimes", "lifetimeS"],
    ["backend.pth", "path"],
    ["email.passwordless.client", "clients"],
  ])("%s: %s", (path, meant) => {
    const passwordless = path.includes("passwordless") && {
      "email.passwordless.subject": "Code",
      "email.passwordless.body": "{{ code }}",
    };
    expect(problemsWith({ ...passwordless, [path]: 1 })).toEqual([
      `${path.replace(".0", "[0]")}: expected no such field; did you mean ${meant}?`,
    ]);
  });

  it("has nothing to suggest for what is like none", () => {
    expect(problemsWith({ qwertzuiop: 1 })).toEqual(["qwertzuiop: expected no such field"]);
  });
});

describe("a value that could not work is refused", () => {
  it.each<[string, unknown, string]>([
    [
      "email.from",
      "login@example.com",
      'email.from: expected an object such as { name: "Example", address: "login@example.com" }, got: "login@example.com"',
    ],
    ["email.from.address", "login@example..com", "expected an e-mail address"],
    ["email.from.address", ".login@example.com", "expected an e-mail address"],
    ["email.from.address", "login@localhost", "expected an e-mail address"],
    ["email.from.address", "a@123", "expected an e-mail address"],
    ["email.from.address", "a@evil.example#.corp.example", "expected an e-mail address"],
    ["email.from.address", "login@-example.com", "expected an e-mail address"],
    ["email.from.address", "Example <login@example.com>", "did you mean login@example.com?"],
    ["email.from.address", "login@bücher.example", "did you mean login@xn--bcher-kva.example?"],
    [
      "email.replyTo",
      { address: "me@example..org" },
      "email.replyTo.address: expected an e-mail address",
    ],
    ["domain", "example", "expected a domain such as"],
    ["domain", "example.eu.auth0.com:99999", "expected a domain such as"],
    ["domain", "Example.EU.auth0.com", "did you mean example.eu.auth0.com?"],
    ["domain", "example..auth0.com", "expected a domain such as"],
    ["domain", '${upper("abc")}.auth0.com', "expected a domain such as"],
    ["phone.webOtp", "https://example.com", "did you mean example.com?"],
    ["phone.from", "+1 500 555-0006", "did you mean +15005550006?"],
    ["phone.from", "${upper(1)}", "expected an E.164 number"],
    [
      "phone.senders",
      { DE: "a sender that is long" },
      "phone.senders.DE: expected an E.164 number",
    ],
    ["email.vendors.0.vendor", "constructor", "email.vendors[0].vendor: expected one of"],
    ["email.vendors.0.vendor", "__proto__", "email.vendors[0].vendor: expected one of"],
    [
      "email.vendors.0",
      "postmark",
      'email.vendors[0]: expected an object such as { vendor: "…", … }',
    ],
    [
      "email.vendors.0.serverToken",
      { secret: "AUTH0_CLIENT_SECRET" },
      "expected a name that neither",
    ],
    [
      "email.vendors.0.serverToken",
      { secret: "PRODUCTION_AUTH0_CLIENT_SECRET" },
      "expected a name that neither",
    ],
    ["email.vendors.0.serverToken", { secret: "AUTH0_API_TOKEN" }, "expected a name that neither"],
    ["email.vendors.0.serverToken", { secret: "TF_VAR_X" }, "expected a name that neither"],
    ["email.vendors.0.serverToken", { secret: "GITHUB_TOKEN" }, "expected a name that neither"],
    ["email.vendors.0.serverToken", { secret: "PATH" }, "expected a name that neither"],
    ["email.routes", [{ messageTypes: ["welcome_email"] }], "a route without them changes nothing"],
    [
      "email.routes",
      [{ vendors: ["postmark"], countries: ["DE"] }],
      "email.routes[0].countries: expected no such field",
    ],
    ["promotedFrom", "test", "promotedFrom: expected another environment"],
  ])("%s: %j", (path, value, expected) => {
    const lines = problemsWith({ [path]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(expected);
  });

  it.each([
    "https://mail.example.com:99999/send",
    "https:///send",
    "https://:443/send",
    "https://user:canary@mail.example.com/send",
    "https://mail..example.com/send",
    "https://-mail.example.com/",
    "https://mail.example.com:0/",
    "http://mail.example.com/send",
    "https://mail.example.com\\@evil.example/",
    "https://mail.example.com/#there",
  ])("a vendor's URL %s", (url) => {
    const lines = problemsWith({
      "email.vendors": [{ vendor: "http", url, apiKey: { secret: "MAIL_KEY" } }],
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^email\.vendors\[0\]\.url: expected an HTTPS URL/);
    expect(lines[0]).not.toContain("canary");
  });

  it.each([
    "https://mail.example.com/send?a=b",
    "https://localhost:8444/send",
    "https://gateway/x",
  ])("but not the URL %s", (url) => {
    expect(
      problemsWith({
        "email.vendors": [{ vendor: "http", url, apiKey: { secret: "MAIL_KEY" } }],
      }),
    ).toEqual([]);
  });

  it.each(['${upper("abc")}', "%{ if true }x%{ endif }", "an id", "a\nb"])(
    "an application's id %j",
    (id) => {
      expect(
        problemsWith({ "phone.passwordless": { template: "@@password@@", clients: [id] } })[0],
      ).toContain("phone.passwordless.clients[0]: expected the id of an application");
    },
  );

  it.each<[number[], boolean]>([
    [[5], true],
    [[60, 40], true],
    [[60, 60], false],
    [[20, 30], false],
  ])("weights of %j", (weights, whole) => {
    const vendors = weights.map((weight, index) => ({
      ...{ vendor: "postmark", id: `v${String(index)}`, weight },
      serverToken: { secret: "POSTMARK_TOKEN" },
    }));
    const rest = weights.length === 1 ? [{ vendor: "resend", apiKey: { secret: "RESEND" } }] : [];
    const lines = problemsWith({ "email.vendors": [...vendors, ...rest] });
    expect(lines.length === 0).toBe(whole);
    if (!whole) expect(lines[0]).toContain("email.vendors: expected weights of ");
  });
});
