import { describe, expect, it } from "vitest";
import { failsOn } from "../../../otp/review/index.ts";
import { actionValues, bundle, driftOf, rebundled, reviewOf } from "./plans.ts";
import type { ChangeInput } from "./plans.ts";
import { UserError } from "../../../config/user-error.ts";

const lost = (address: string, actions: readonly string[]): ChangeInput => ({
  address,
  actions,
  before: { name: "custom" },
  after: actions.includes("create") ? { name: "custom", deploy: true } : null,
});

const email = (before: object, after: object): ChangeInput => ({
  address: "auth0_email_provider.email",
  before: { name: "custom", enabled: true, default_from_address: "a@example.com", ...before },
  after: { name: "custom", enabled: true, default_from_address: "a@example.com", ...after },
});

const phone = (before: object, after: object): ChangeInput => ({
  address: "auth0_phone_provider.phone",
  before: { name: "custom", disabled: false, ...before },
  after: { name: "custom", disabled: false, ...after },
});

const action = (before: object, after: object): ChangeInput => ({
  address: "auth0_action.phone",
  before: actionValues("1;\n", before),
  after: actionValues("1;\n", after),
});

const methods = (...list: string[]) => ({ configuration: [{ delivery_methods: list }] });
const secretsOf = (...names: string[]) => ({
  secrets_wo: names.map((name) => ({ name, value: null })),
});
const routed = (...vendors: string[]) => ({
  vendors: ["twilio/text", "sinch/text"],
  routes: [{ countries: ["US"], vendors }],
});
const connection = (template: string): ChangeInput => ({
  address: "auth0_connection.sms",
  before: { strategy: "sms", options: [{ template: "@@password@@" }] },
  after: { strategy: "sms", options: [{ template }] },
});

/** A change, the kind of its danger, whether it stops logins, and words that must be said. */
const dangers: readonly (readonly [string, ChangeInput, string, boolean, string])[] = [
  ["a destroyed Action", lost("auth0_action.a", ["delete"]), "destroy", true, "refuses (409)"],
  [
    "a destroyed binding",
    lost("auth0_trigger_actions.a", ["delete"]),
    "destroy",
    true,
    "no code is sent",
  ],
  [
    "a destroyed e-mail provider",
    lost("auth0_email_provider.a", ["delete"]),
    "destroy",
    true,
    "no e-mail provider",
  ],
  [
    "a destroyed phone provider",
    lost("auth0_phone_provider.a", ["delete"]),
    "destroy",
    true,
    "no phone provider",
  ],
  ["a destroyed connection", lost("auth0_connection.a", ["delete"]), "destroy", true, "users"],
  ["another destroyed resource", lost("random_id.a", ["delete"]), "destroy", false, "is lost"],
  [
    "an Action destroyed before it is made again",
    lost("auth0_action.a", ["delete", "create"]),
    "replace",
    true,
    "the old one destroyed first: it cannot work",
  ],
  [
    "an Action made again before it is destroyed",
    lost("auth0_action.a", ["create", "delete"]),
    "replace",
    true,
    "the new one first: it cannot work",
  ],
  [
    "a replaced provider",
    lost("auth0_phone_provider.a", ["delete", "create"]),
    "replace",
    true,
    "codes by phone are lost",
  ],
  [
    "a forgotten resource",
    lost("auth0_action.a", ["forget"]),
    "forget",
    false,
    "stays in the tenant",
  ],
  ["an action of a later Terraform", lost("auth0_action.a", ["dance"]), "unknown", true, "dance"],
  [
    "an e-mail provider switched off",
    email({}, { enabled: false }),
    "disable",
    true,
    "codes by e-mail are not sent",
  ],
  [
    "a phone provider switched off",
    phone({}, { disabled: true }),
    "disable",
    true,
    "codes by phone are not sent",
  ],
  ["a provider that bypasses the Action", email({}, { name: "ses" }), "provider", true, "bypass"],
  [
    "a provider that the Action takes over",
    email({ name: "ses" }, {}),
    "provider",
    false,
    "takes over",
  ],
  [
    "a provider that may overwrite another",
    { address: "auth0_email_provider.email", actions: ["create"], after: { name: "custom" } },
    "overwrite",
    false,
    "it is overwritten",
  ],
  [
    "a removed delivery method",
    phone(methods("text", "voice"), methods("text")),
    "method",
    true,
    "no longer offers voice",
  ],
  [
    "a sender at another domain",
    email({}, { default_from_address: "a@example.org" }),
    "sender",
    false,
    "from example.com to example.org",
  ],
  [
    "a connection's sender at another domain",
    {
      address: "auth0_connection.email",
      before: { options: [{ from: "Us <a@example.com>" }] },
      after: { options: [{ from: "Us <a@example.org>" }] },
    },
    "sender",
    false,
    'from "Us <a@example.com>" to "Us <a@example.org>"',
  ],
  [
    "another phone sender",
    phone(
      { configuration: [{ default_from: "+15550100" }] },
      { configuration: [{ default_from: "ACME" }] },
    ),
    "sender",
    false,
    'from "+15550100" to "ACME"',
  ],
  [
    "a bundle's sender at another domain",
    rebundled({ from: "a@example.com" }, { from: "a@example.org" }),
    "sender",
    false,
    "before from example.com",
  ],
  [
    "vendors in another order",
    rebundled({ vendors: ["a/text", "b/text"] }, { vendors: ["b/text", "a/text"] }),
    "order",
    false,
    "codes by text message try b and a in this order; before a and b",
  ],
  [
    "a new first vendor",
    rebundled({ vendors: ["a/text"] }, { vendors: ["b/text", "a/text"] }),
    "order",
    false,
    "try b and a",
  ],
  [
    "an added vendor",
    rebundled({ vendors: ["a/text"] }, { vendors: ["a/text", "b/text"] }),
    "vendors",
    false,
    "may now go through b",
  ],
  [
    "a removed vendor",
    rebundled({ vendors: ["a/text", "b/text"] }, { vendors: ["a/text"] }),
    "vendors",
    false,
    "no longer go through b",
  ],
  [
    "a way without a vendor",
    rebundled({ vendors: ["a/text", "a/voice"] }, { vendors: ["a/text"] }),
    "vendors",
    true,
    "codes by call have no vendor any more",
  ],
  [
    "a route with another order",
    rebundled(routed("twilio", "sinch"), routed("sinch", "twilio")),
    "order",
    false,
    "codes by text message to US try sinch and twilio",
  ],
  [
    "a removed route, whose messages take the usual order",
    rebundled(routed("sinch"), { vendors: ["twilio/text", "sinch/text"] }),
    "order",
    false,
    "to US try twilio and sinch in this order; before sinch",
  ],
  [
    "an opened country",
    rebundled({ countries: { allow: ["US"] } }, { countries: { allow: ["US", "ID"] } }),
    "country",
    false,
    "codes may now go to ID",
  ],
  [
    "a closed country",
    rebundled({ countries: { allow: ["US", "CA"] } }, { countries: { allow: ["US"] } }),
    "country",
    true,
    "codes no longer go to CA",
  ],
  [
    "a newly denied country",
    rebundled({ countries: {} }, { countries: { deny: ["ID"] } }),
    "country",
    true,
    "codes no longer go to ID",
  ],
  [
    "a country no longer denied",
    rebundled({ countries: { deny: ["ID"] } }, { countries: { deny: [] } }),
    "country",
    false,
    "codes may now go to ID",
  ],
  [
    "all countries opened",
    rebundled({ countries: { allow: ["US"] } }, {}),
    "country",
    false,
    "every country (before only US)",
  ],
  [
    "all countries but one closed",
    rebundled({}, { countries: { allow: ["US"] } }),
    "country",
    true,
    "every country but US",
  ],
  [
    "a country opened for calls",
    rebundled({ countries: { voice: { allow: [] } } }, { countries: { voice: { allow: ["US"] } } }),
    "country",
    false,
    "calls may now go to US",
  ],
  [
    "an added secret",
    action(secretsOf("A"), { ...secretsOf("A", "B"), secrets_wo_version: 2 }),
    "secrets",
    false,
    "secrets are added: B",
  ],
  ["a removed secret", action(secretsOf("A", "B"), secretsOf("A")), "secrets", false, "removed: B"],
  [
    "a rotated secret",
    action(
      { ...secretsOf("A"), secrets_wo_version: 1 },
      { ...secretsOf("A"), secrets_wo_version: 2 },
    ),
    "secrets",
    false,
    "the secret A is rotated",
  ],
  [
    "a rotation among several secrets",
    action(
      { ...secretsOf("A", "B"), secrets_wo_version: 1 },
      { ...secretsOf("A", "B"), secrets_wo_version: 2 },
    ),
    "secrets",
    false,
    "one or more of A and B",
  ],
  [
    "an added secret that only the bundle names",
    rebundled({ secrets: ["A"] }, { secrets: ["A", "B"] }),
    "secrets",
    false,
    "secrets are added: B",
  ],
  [
    "an application that loses the connection",
    {
      address: "auth0_connection_clients.sms",
      before: { enabled_clients: ["app-1", "app-2"] },
      after: { enabled_clients: ["app-1"] },
    },
    "clients",
    true,
    "app-2",
  ],
  [
    "a binding that lets go of its Action",
    {
      address: "auth0_trigger_actions.email",
      before: { actions: [{ display_name: "custom" }] },
      after: { actions: [] },
    },
    "disable",
    true,
    "lets go of custom",
  ],
  ["a template without the code", connection("Hello"), "template", true, "holds no code"],
  [
    "overwritten code made by hand",
    { ...rebundled({}, {}), before: actionValues("handmade();") },
    "handmade",
    false,
    "overwrites code",
  ],
  ["another runtime", action({}, { runtime: "node18" }), "runtime", false, "from node22 to node18"],
  [
    "a bundle beyond what Auth0 takes",
    action({}, { code: "x".repeat(100_001) }),
    "size",
    false,
    "weighs 100001 bytes",
  ],
  [
    "an Action that is not deployed",
    action({}, { deploy: false }),
    "disable",
    false,
    "not deployed",
  ],
];

/** Changes that are none of the dangers next to them. */
const harmless: readonly (readonly [string, ChangeInput, string])[] = [
  ["a provider that stays off", email({ enabled: false }, { enabled: false }), "disable"],
  ["an added delivery method", phone(methods("text"), methods("voice", "text")), "method"],
  ["the same vendors", rebundled({ vendors: ["a/text"] }, { vendors: ["a/text"] }), "order"],
  [
    "a vendor added at the end",
    rebundled({ vendors: ["a/text"] }, { vendors: ["a/text", "b/text"] }),
    "order",
  ],
  ["secrets in another order", action(secretsOf("A", "B"), secretsOf("B", "A")), "secrets"],
  ["the same template", connection("@@password@@"), "template"],
  ["a bundle of just what Auth0 takes", action({}, { code: "x".repeat(100_000) }), "size"],
];

describe("dangers", () => {
  it.each(dangers)("%s", (_, change, kind, stopsLogins, said) => {
    const { dangers: found, markdown } = reviewOf([change]);
    expect(found).toContainEqual({
      environment: "production",
      kind,
      stopsLogins,
      message: expect.stringContaining(said) as string,
    });
    expect(markdown).toContain("### Look at this first");
    expect(markdown).toMatch(stopsLogins ? /^- 🔴 \*\*production/ : /^- [🔴🟡] \*\*production/u);
  });

  it.each(harmless)("%s is none", (_, change, kind) => {
    expect(reviewOf([change]).dangers.map((one) => one.kind)).not.toContain(kind);
  });

  it("names what deposes, moves and drifts without taking it for a loss of logins", () => {
    const { dangers: found } = reviewOf(
      [{ ...lost("auth0_action.a", ["delete"]), more: { deposed: "0a1b2c3d" } }],
      {},
      driftOf([{ address: "auth0_action.b", before: { name: "a" }, after: { name: "b" } }]),
    );
    expect(found.map(({ kind, stopsLogins, message }) => [kind, stopsLogins, message])).toEqual([
      [
        "destroy",
        false,
        "The rest of an earlier replacement of auth0_action.a (deposed 0a1b2c3d) is destroyed.",
      ],
      ["drift", false, "auth0_action.b was changed outside Terraform."],
    ]);
  });

  it("says that checks do not pass and that a part was put off", () => {
    const { dangers: found } = reviewOf(
      [],
      {},
      {
        complete: false,
        checks: [
          { address: { to_display: "check.sender" }, status: "fail" },
          { address: { to_display: "check.other" }, status: "pass" },
        ],
      },
    );
    expect(found.map(({ kind, message }) => [kind, message])).toEqual([
      ["check", "The check check.sender does not pass."],
      ["incomplete", expect.stringContaining("another plan must follow")],
    ]);
  });

  it("puts what stops logins before everything else", () => {
    const { markdown } = reviewOf([
      rebundled({ vendors: ["a/text"] }, { vendors: ["b/text"] }),
      lost("auth0_phone_provider.a", ["delete"]),
    ]);
    const found = markdown.match(/^- (🔴|🟡)/gmu);
    expect(found).toEqual(["- 🔴", "- 🔴", "- 🟡", "- 🟡"]);
  });
});

describe("failsOn", () => {
  const found = reviewOf([lost("auth0_action.a", ["delete"]), email({}, { enabled: false })]);

  it.each([
    [["destroy"], ["destroy"]],
    [
      ["destroy", "disable"],
      ["destroy", "disable"],
    ],
    [["order"], []],
    [["any"], ["destroy", "disable"]],
    [["stops-logins"], ["destroy", "disable"]],
    [[], []],
  ])("finds for %j the dangers %j", (kinds, failing) => {
    expect(failsOn(found, kinds).map(({ kind }) => kind)).toEqual(failing);
  });

  it("names the kinds when it is given another", () => {
    expect(() => failsOn(found, ["destory"])).toThrow(UserError);
    expect(() => failsOn(found, ["destory"])).toThrow(/destroy, replace.*got: "destory"$/);
  });
});

it("reads a manifest that is not at the very start and passes over one that is broken", () => {
  const broken = bundle({ vendors: ["a/text"] }).replace("{", "{{");
  const change = { ...rebundled({}, {}), before: actionValues(broken) };
  expect(reviewOf([change]).dangers.map(({ kind }) => kind)).toEqual(["handmade"]);
});
