import { describe, expect, it } from "vitest";
import { configWarnings } from "../../config/warnings.ts";
import { environmentWith, good } from "./environments.ts";

const two = {
  "email.vendors": [...good.email.vendors, { vendor: "resend", apiKey: { secret: "RESEND" } }],
  "phone.vendors": [...good.phone.vendors, { vendor: "telnyx", apiKey: { secret: "TELNYX" } }],
  "phone.countries": { allow: ["US", "DE"] },
};

const kinds = (changes: object) =>
  configWarnings(environmentWith({ ...two, ...changes })).map(
    ({ kind, field }) => `${kind} ${field}`,
  );

describe("an environment is warned of", () => {
  it("nothing, if it is as this project recommends", () => {
    expect(kinds({})).toEqual([]);
  });

  it("one vendor only, by channel and method", () => {
    expect(kinds({ "email.vendors": good.email.vendors })).toEqual(["one-vendor email.vendors"]);
    // Telnyx does not call.
    expect(kinds({ "phone.methods": ["text", "voice"] })).toEqual(["one-vendor phone.vendors"]);
  });

  it("countries that are not limited, and those that are all denied", () => {
    expect(kinds({ "phone.countries": { deny: ["RU"] } })).toEqual([
      "any-country phone.countries.allow",
    ]);
    expect(kinds({ "phone.countries": { allow: ["DE"], deny: ["DE"] } })).toEqual([
      "no-country phone.countries.deny",
    ]);
  });

  it.each<[string, object[], number | undefined]>([
    ["the same", [{ countries: ["DE"] }, { countries: ["DE"] }], 1],
    ["a wider one", [{ countries: ["DE", "US"] }, { countries: ["DE"], locales: ["de"] }], 1],
    ["one for everything", [{}, { organizations: ["acme"] }], 1],
    [
      "two together",
      [{ countries: ["DE"] }, { countries: ["US"] }, { countries: ["US", "DE"] }],
      2,
    ],
    ["a broader language", [{ locales: ["de"] }, { locales: ["de-AT", "de-CH"] }], 1],
    [
      "the same metadata",
      [{ clientMetadata: { a: ["x", "y"] } }, { clientMetadata: { a: "x", b: "z" } }],
      1,
    ],
    [
      "nothing: it is narrower",
      [{ countries: ["DE"], locales: ["de"] }, { countries: ["DE"] }],
      undefined,
    ],
    [
      "nothing: another key",
      [{ clientMetadata: { a: "x" } }, { clientMetadata: { b: "x" } }],
      undefined,
    ],
    ["nothing: another language", [{ locales: ["de-AT"] }, { locales: ["de"] }], undefined],
    ["nothing: one of two", [{ countries: ["DE"] }, { countries: ["DE", "US"] }], undefined],
    ["phone.countries", [{ countries: ["FR"] }], 0],
    ["phone.methods", [{ channels: ["voice"] }], 0],
  ])("a route that never matches because of %s", (_why, routes, index) => {
    const warned = kinds({
      "phone.routes": routes.map((one) => ({ vendors: ["telnyx"], ...one })),
    });
    expect(warned).toEqual(
      index === undefined ? [] : [`route-never-matches phone.routes[${String(index)}]`],
    );
  });

  it("a country that a prefix may allow, no", () => {
    expect(
      kinds({
        "phone.countries": { allow: ["US", "+33"] },
        "phone.routes": [{ countries: ["FR"], vendors: ["twilio"] }],
      }),
    ).toEqual([]);
  });

  it("a route whose vendors cannot send what it is for", () => {
    const warned = kinds({
      "phone.methods": ["text", "voice"],
      "phone.routes": [{ countries: ["DE"], vendors: ["telnyx"] }],
    });
    expect(warned).toContain("route-sends-nothing phone.routes[0].vendors");
  });

  it("a vendor that sends codes only", () => {
    const loops = { vendor: "loops", apiKey: { secret: "LOOPS" }, transactionalId: "cltemplate1" };
    const [warning] = configWarnings(
      environmentWith({ ...two, "email.vendors": [...good.email.vendors, loops] }),
    );
    expect(warning).toMatchObject({
      kind: "vendor-cannot-serve",
      got: "loops, which sends codes only",
    });
    expect(warning?.todo).toContain("welcome_email");
    expect(warning?.todo).not.toContain("verification_code");
  });

  it("an alphanumeric sender that a country forbids, with the list's date", () => {
    expect(kinds({ "phone.from": "Example" })).toEqual(["sender-forbidden phone.from"]);
    expect(kinds({ "phone.from": "Example", "phone.senders": { US: "+15005550006" } })).toEqual([]);
    const [warning] = configWarnings(
      environmentWith({ ...two, "phone.senders": { US: "Example" } }),
    );
    expect(warning).toMatchObject({
      field: "phone.senders.US",
      todo: expect.stringMatching(/as of \d{4}-/) as string,
    });
  });

  it("a domain that a variable decides, unless it is not protected", () => {
    const environment = { ...environmentWith(two), domainFromVariable: "SHOP_DOMAIN" };
    expect(configWarnings(environment)).toMatchObject([{ kind: "domain-from-variable" }]);
    expect(configWarnings({ ...environment, protect: false })).toEqual([]);
  });
});
