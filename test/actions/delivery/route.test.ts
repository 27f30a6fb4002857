import { describe, expect, it } from "vitest";
import * as conditions from "../../../actions/delivery/conditions.ts";
import { router, stepsFor } from "../../../actions/delivery/route.ts";
import { weighted } from "../../../actions/delivery/weight.ts";

describe("routes", () => {
  const steps = ["a", "b", "c"].map((id) => ({ id }));
  const route = router(
    [
      { countries: ["DE", "AT"], vendors: ["c", "a"] },
      { channels: ["voice"], messageTypes: ["otp_verify"], vendors: ["b"] },
      { messageTypes: ["blocked_account"], vendors: ["c"] },
    ],
    conditions,
  );
  it.each([
    [{ country: "AT", medium: "voice", type: "otp_verify" }, "ca"],
    [{ country: "US", medium: "voice", type: "otp_verify" }, "b"],
    [{ country: undefined, medium: "voice", type: "otp_enroll" }, "abc"],
    [{ medium: "text", type: "blocked_account" }, "c"],
    [{ medium: "text", type: "otp_verify" }, "abc"],
  ])("for %j are %s", (message, expected) => {
    const chosen = stepsFor({ steps }, route({}, message), "+15005550006");
    expect(chosen.map(({ id }) => id).join("")).toBe(expected);
  });

  it("keep both media of a vendor that is used for two", () => {
    const two = [{ id: "a", medium: "whatsapp" }, { id: "a", medium: "text" }, { id: "b" }];
    expect(stepsFor({ steps: two }, { vendors: ["b", "a"] }, "")).toEqual([two[2], two[0], two[1]]);
  });

  const event = {
    client: { client_id: "app1", name: "Shop", metadata: { tier: "gold", count: 3 } },
    organization: { id: "org_1", name: "acme", metadata: { region: "eu" } },
    connection: { id: "con_1", name: "sms" },
    custom_domain: { domain: "login.example.com" },
    notification: { locale: "de_AT" },
  };
  const message = { medium: "text", type: "otp_verify", country: "AT" };

  it.each<[Record<string, unknown>, boolean]>([
    [{ organizations: ["acme"] }, true],
    [{ organizations: ["org_1"] }, true],
    [{ organizations: ["org_2", "other"] }, false],
    [{ applications: ["app1"] }, true],
    [{ applications: ["Shop"] }, true],
    [{ applications: ["shop"] }, false],
    [{ connections: ["con_1"] }, true],
    [{ connections: ["email"] }, false],
    [{ customDomains: ["login.example.com"] }, true],
    [{ customDomains: ["login.example.org"] }, false],
    [{ locales: ["de"] }, true],
    [{ locales: ["de-AT"] }, true],
    [{ locales: ["de-at"] }, true],
    [{ locales: ["de-DE", "d", "en"] }, false],
    [{ clientMetadata: { tier: ["silver", "gold"] } }, true],
    [{ clientMetadata: { tier: ["gold"], count: ["3"] } }, true],
    [{ clientMetadata: { tier: ["gold"], other: ["x"] } }, false],
    [{ clientMetadata: { toString: ["x"] } }, false],
    [{ organizationMetadata: { region: ["eu"] } }, true],
    [{ organizationMetadata: { region: ["us"] } }, false],
    [{ countries: ["AT"], organizations: ["acme"] }, true],
    [{ countries: ["AT"], organizations: ["other"] }, false],
    [{ countries: ["DE"], organizations: ["acme"] }, false],
    [{}, true],
  ])("with %j fit: %s", (wanted, fits) => {
    const found = router([{ ...wanted, vendors: ["b"] }], conditions)(event, message);
    expect(found !== undefined).toBe(fits);
  });

  it("ask for nothing that an event without organization, application or language could be", () => {
    for (const name of Object.keys(conditions)) {
      const wanted = name.endsWith("Metadata") ? { a: ["undefined", ""] } : ["", "undefined", "x"];
      const one = router([{ [name]: wanted, vendors: ["b"] }], conditions);
      for (const odd of [{}, undefined, { client: null, organization: 3 }])
        expect(one(odd, { medium: "", type: "" }), name).toBeUndefined();
    }
  });
});

describe("weights", () => {
  const steps = ["new", "main", "spare"].map((id) => ({ id }));
  const recipients = Array.from(
    { length: 20_000 },
    (_, index) => `+1500${String(5550000 + index)}`,
  );
  const first = (weights: Record<string, number>) => {
    const counts: Record<string, number> = {};
    for (const recipient of recipients) {
      const id = weighted(weights)(steps, recipient)[0]?.id ?? "";
      counts[id] = (counts[id] ?? 0) + 1;
    }
    return counts;
  };

  it("give a vendor its share of the recipients, and the others the order of the list", () => {
    const counts = first({ new: 5 });
    expect((counts["new"] ?? 0) / recipients.length).toBeGreaterThan(0.04);
    expect((counts["new"] ?? 0) / recipients.length).toBeLessThan(0.06);
    expect(counts["spare"]).toBeUndefined();
  });

  it("share among vendors that all have one", () => {
    const counts = first({ new: 20, main: 30, spare: 50 });
    for (const [id, percent] of Object.entries({ new: 20, main: 30, spare: 50 }))
      expect(Math.abs((counts[id] ?? 0) / recipients.length - percent / 100)).toBeLessThan(0.015);
  });

  it("are the same for a recipient each time, and lose no vendor", () => {
    const weigh = weighted({ new: 5, spare: 40 });
    for (const recipient of recipients.slice(0, 500)) {
      const once = weigh(steps, recipient);
      expect(weigh(steps, recipient)).toEqual(once);
      expect(once.map(({ id }) => id).sort()).toEqual(["main", "new", "spare"]);
    }
  });

  it("do not change what a route says", () => {
    const weigh = weighted({ new: 100 });
    expect(stepsFor({ steps, weigh }, { vendors: ["spare", "new"] }, "x")).toEqual([
      steps[2],
      steps[0],
    ]);
    expect(stepsFor({ steps, weigh }, undefined, "x")[0]?.id).toBe("new");
  });
});
