import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planDifferences } from "../../../otp/terraform/plan-differences.ts";
import { canonicalPlan, planDigest } from "../../../otp/terraform/plan-digest.ts";
import type { PlanSources } from "../../../otp/terraform/plan-digest.ts";

/** A plan as `terraform show -json` prints it, with an entry of every part. */
const plan = {
  format_version: "1.2",
  terraform_version: "1.11.4",
  variables: { region: { value: "eu" } },
  planned_values: {
    root_module: {
      resources: [
        { address: "auth0_action.email", mode: "managed", values: { name: "mail", code: "x" } },
      ],
    },
  },
  resource_drift: [
    {
      address: "auth0_connection.email",
      change: { actions: ["update"], before: { metadata: null }, after: { metadata: { a: "b" } } },
    },
  ],
  resource_changes: [
    {
      address: "auth0_action.email",
      mode: "managed",
      change: {
        actions: ["update"],
        before: { id: "1", name: "mail", code: "x", secrets_wo_version: 4, version_id: "v1" },
        after: { id: "1", name: "mail", code: "y", secrets_wo_version: 5 },
        after_unknown: { version_id: true, secrets: false },
        before_sensitive: { secrets: [] },
        after_sensitive: {},
      },
    },
    {
      address: "auth0_email_provider.email",
      mode: "managed",
      change: {
        actions: ["create"],
        before: null,
        after: { name: "custom", settings: null },
        after_unknown: { id: true },
      },
    },
    {
      address: "auth0_connection.email",
      mode: "managed",
      previous_address: "auth0_connection.old",
      change: {
        actions: ["no-op"],
        before: { name: "email", metadata: {} },
        after: { name: "email", metadata: {} },
        after_unknown: {},
      },
    },
  ],
  deferred_changes: [
    {
      reason: "resource_config_unknown",
      resource_change: { address: "a.b", change: { actions: ["create"], after: { c: 1 } } },
    },
  ],
  action_invocations: [{ address: "action.x.y", trigger: "after_create" }],
  output_changes: { o: { actions: ["create"], before: null, after: "text" } },
  prior_state: {
    format_version: "1.0",
    values: {
      root_module: {
        resources: [{ address: "data.http.x", mode: "data", values: { url: "https://a" } }],
      },
    },
  },
  configuration: {
    provider_config: {
      auth0: { full_name: "auth0/auth0", expressions: { domain: { constant_value: "a" } } },
    },
    root_module: {
      resources: [
        {
          address: "auth0_action.email",
          provisioners: [
            { type: "local-exec", expressions: { command: { constant_value: "id" } } },
          ],
          expressions: { name: { constant_value: "mail" } },
        },
      ],
    },
  },
  relevant_attributes: [{ resource: "a", attribute: ["b"] }],
  checks: [{ address: { to_display: "var.x" }, status: "pass" }],
  complete: true,
  errored: false,
  timestamp: "2026-11-25T09:00:00Z",
};

const stack = {
  "//": { metadata: { stackName: "shop" } },
  terraform: {
    backend: { s3: { bucket: "b" } },
    required_providers: { auth0: { version: "~> 1.54" } },
  },
  provider: { auth0: [{ domain: "shop.eu.auth0.com" }] },
  resource: {
    auth0_action: {
      email: {
        "//": { metadata: { path: "shop/email_action" } },
        lifecycle: { prevent_destroy: true, ignore_changes: ["code"] },
        secrets_wo_version: 5,
      },
    },
  },
};

const sources: PlanSources = {
  environment: "shop",
  domain: "shop.eu.auth0.com",
  plan,
  stack,
  assets: { "assets/email/handler.js": "abc" },
  providers: { "registry.terraform.io/auth0/auth0": "1.54.0" },
};

const digestOf = (changed: Partial<PlanSources>) =>
  planDigest(canonicalPlan({ ...sources, ...changed }));
const own = digestOf({});

type Path = readonly (string | number)[];

/** Paths of all leaves, empty lists and objects among them. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inside = Array.isArray(value)
    ? value.flatMap((one, index) => leaves(one, [...path, index]))
    : Object.entries(value).flatMap(([name, one]) => leaves(one, [...path, name]));
  return inside.length > 0 ? inside : [path];
}

function replaced(
  value: unknown,
  [first, ...rest]: Path,
  change: (old: unknown) => unknown,
): unknown {
  if (first === undefined) return change(value);
  const copy: unknown = structuredClone(value);
  const holder = copy as Record<string | number, unknown>;
  holder[first] = replaced(holder[first], rest, change);
  return copy;
}

/** The same value with the keys of every object in another order. */
function shuffled(value: unknown, order: (names: string[]) => string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => shuffled(one, order));
  if (typeof value !== "object" || value === null) return value;
  const entries = value as Record<string, unknown>;
  return Object.fromEntries(
    order(Object.keys(entries)).map((name) => [name, shuffled(entries[name], order)]),
  );
}

/** What may differ between two plans that would do the same. */
const volatile = (path: Path) => {
  const text = path.join(".");
  return (
    path.at(-1) === "timestamp" ||
    // Stamped by the tenant, and not set by the configuration.
    text.endsWith("before.version_id") ||
    // "Known" is said by `false`, and by nothing.
    text.endsWith("after_unknown.secrets") ||
    path.includes("//")
  );
};

describe("the canonical form of a plan", () => {
  it("counts every leaf of the plan and the stack but those that differ between equal plans", () => {
    const all = (
      ["plan", "stack", "assets", "providers", "environment", "domain"] as const
    ).flatMap((name) => leaves(sources[name]).map((path) => [name, ...path]));
    expect(all.length).toBeGreaterThan(80);
    const other = (old: unknown) => (old === "other" ? "another" : old === true ? false : "other");
    for (const path of all) {
      const changed = planDigest(canonicalPlan(replaced(sources, path, other) as PlanSources));
      if (volatile(path) && !path.join(".").endsWith("after_unknown.secrets"))
        expect(changed, path.join(".")).toBe(own);
      else if (!volatile(path)) expect(changed, path.join(".")).not.toBe(own);
    }
  });

  it("does not count the order of keys", () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const order = (names: string[]) =>
          names
            .map((name) => ({ name, rank: Number(numbers.next().value) }))
            .toSorted((a, b) => a.rank - b.rank)
            .map(({ name }) => name);
        expect(digestOf({ plan: shuffled(plan, order), stack: shuffled(stack, order) })).toBe(own);
      }),
      { numRuns: 50 },
    );
  });

  it("does not count in which order Terraform lists resources, only the order inside their values", () => {
    expect(
      digestOf({ plan: { ...plan, resource_changes: plan.resource_changes.toReversed() } }),
    ).toBe(own);
    const bound = (actions: readonly string[]) => ({
      ...plan,
      resource_changes: [
        {
          address: "auth0_trigger_actions.email",
          change: { actions: ["update"], after: { actions } },
        },
      ],
    });
    expect(digestOf({ plan: bound(["a", "b"]) })).not.toBe(digestOf({ plan: bound(["b", "a"]) }));
  });

  it("counts whether a value is known, and no more of one that is not", () => {
    const withUnknown = (unknown: unknown) =>
      replaced(plan, ["resource_changes", 1, "change", "after_unknown"], () => unknown);
    expect(digestOf({ plan: withUnknown({ id: true, settings: false, list: [false] }) })).toBe(own);
    expect(digestOf({ plan: withUnknown({}) })).not.toBe(own);
  });

  const empty = fc.constantFrom(null, "", [], {});

  it("takes empty values for one another only where Terraform plans nothing", () => {
    const unchanged = (value: unknown) =>
      ["before", "after"].reduce<unknown>(
        (one, when) =>
          replaced(one, ["resource_changes", 2, "change", when, "metadata"], () => value),
        plan,
      );
    const changed = (value: unknown) =>
      replaced(plan, ["resource_changes", 1, "change", "after", "settings"], () => value);
    fc.assert(
      fc.property(empty, empty, (one, two) => {
        expect(digestOf({ plan: unchanged(one) })).toBe(digestOf({ plan: unchanged(two) }));
        const isSame = JSON.stringify(one) === JSON.stringify(two);
        expect(digestOf({ plan: changed(one) }) === digestOf({ plan: changed(two) })).toBe(isSame);
      }),
    );
    expect(digestOf({ plan: unchanged(false) })).not.toBe(own);
    expect(digestOf({ plan: unchanged(0) })).not.toBe(own);
  });

  it("takes drift between empty values for none, as Terraform itself does", () => {
    const drift = (before: unknown, after: unknown) => ({
      ...plan,
      resource_drift: [
        {
          address: "auth0_connection.email",
          change: {
            actions: ["update"],
            before: { precedence: before },
            after: { precedence: after },
          },
        },
      ],
    });
    const none = digestOf({ plan: { ...plan, resource_drift: [] } });
    expect(digestOf({ plan: drift(null, []) })).toBe(none);
    expect(digestOf({ plan: drift(null, ["x"]) })).not.toBe(none);
  });

  it("keeps entries of one address apart, such as a deposed object", () => {
    const [first] = plan.resource_changes;
    const deposed = {
      ...first,
      deposed: "1234",
      change: { actions: ["delete"], before: {}, after: null },
    };
    const both = [...plan.resource_changes, deposed];
    expect(digestOf({ plan: { ...plan, resource_changes: both } })).not.toBe(own);
    expect(digestOf({ plan: { ...plan, resource_changes: both } })).toBe(
      digestOf({ plan: { ...plan, resource_changes: both.toReversed() } }),
    );
  });

  it("counts a stamp that the configuration sets", () => {
    const path = ["configuration", "root_module", "resources", 0, "expressions", "version_id"];
    const set = replaced(plan, path, () => ({ constant_value: "v1" }));
    const other = replaced(
      set,
      ["resource_changes", 0, "change", "before", "version_id"],
      () => "v2",
    );
    expect(digestOf({ plan: set })).not.toBe(digestOf({ plan: other }));
  });

  it("takes `//` for a comment only where Terraform does", () => {
    const path = ["resource", "auth0_action", "email", "metadata"];
    const noted = (note: string) => replaced(stack, path, () => ({ "//": note }));
    expect(digestOf({ stack: noted("a") })).not.toBe(digestOf({ stack: noted("b") }));
  });
});

describe("the differences between a reviewed and a fresh plan, in words", () => {
  const differences = (changed: Partial<PlanSources>) =>
    planDifferences(canonicalPlan(sources), canonicalPlan({ ...sources, ...changed }));

  it("are none for equal plans", () => {
    expect(differences({ plan: { ...plan, timestamp: "later" } })).toEqual([]);
  });

  it.each<{ title: string; change: Partial<PlanSources>; words: string }>([
    {
      title: "another action",
      change: {
        plan: replaced(plan, ["resource_changes", 2, "change", "actions"], () => ["delete"]),
      },
      words:
        "auth0_connection.email: the reviewed plan would leave it alone, now Terraform would destroy it",
    },
    {
      title: "another value, without naming it",
      change: {
        plan: replaced(plan, ["resource_changes", 0, "change", "after", "code"], () => "s3cret"),
      },
      words: "auth0_action.email: code is not what was reviewed",
    },
    {
      title: "other secrets",
      change: {
        plan: replaced(
          plan,
          ["resource_changes", 0, "change", "after", "secrets_wo_version"],
          () => 6,
        ),
      },
      words: "the secrets of auth0_action.email are others than those it was reviewed with",
    },
    {
      title: "a lifted protection",
      change: {
        stack: replaced(
          stack,
          ["resource", "auth0_action", "email", "lifecycle", "prevent_destroy"],
          () => false,
        ),
      },
      words:
        "the synthesised stack: resource.auth0_action.email.lifecycle.prevent_destroy is not what was reviewed",
    },
    {
      title: "another tenant",
      change: { domain: "evil.eu.auth0.com" },
      words: 'domain: reviewed was "shop.eu.auth0.com", this is "evil.eu.auth0.com"',
    },
  ])("name $title", ({ change, words }) => {
    expect(differences(change)).toContain(words);
    expect(differences(change).join("\n")).not.toContain("s3cret");
  });
});
