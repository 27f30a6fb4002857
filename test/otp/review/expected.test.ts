import { App } from "cdktf";
import { expect, it } from "vitest";
import { checkEnvironment } from "../../../config/load.ts";
import { expectedOf } from "../../../otp/review/expected.ts";
import { EnvironmentStack } from "../../../stacks/environment-stack.ts";

type Tree = Readonly<Record<string, unknown>>;

/** What only the stack says: references, and what a plan holds in another form. */
const elsewhere = new Set([
  "//",
  "lifecycle",
  "depends_on",
  "code",
  "credentials",
  "connection_id",
]);
const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A synthesised block as a plan holds it: blocks are lists. */
function asPlanned(value: unknown): unknown {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(asPlanned);
  if (!isTree(value)) return value;
  return [Object.fromEntries(Object.entries(value).map(([key, one]) => [key, asPlanned(one)]))];
}

const environment = checkEnvironment(
  {
    name: "production",
    domain: "example.eu.auth0.com",
    backend: { type: "local" },
    email: {
      from: { address: "login@example.com", name: "Example" },
      vendors: [{ vendor: "postmark", serverToken: { secret: "POSTMARK_TOKEN" } }],
      passwordless: { subject: "Your code", body: "{{ code }}", clients: ["abc"] },
    },
    phone: {
      from: "+15005550006",
      vendors: [{ vendor: "http", url: "https://x.example/s", apiKey: { secret: "KEY" } }],
      passwordless: { template: "@@password@@", clients: ["abc"] },
    },
  },
  "production.ts",
);

it("expects of each resource what the stack declares, and of no other", () => {
  const bundles = { email: "package.json", phone: "package.json" };
  const secrets = { POSTMARK_TOKEN: "made-up-1", KEY: "made-up-2" };
  const stack = new EnvironmentStack(new App(), { environment, bundles, secrets });
  const { resource } = stack.toTerraform() as { resource: Record<string, Record<string, Tree>> };
  const declared = new Map(
    Object.entries(resource).flatMap(([type, all]) =>
      Object.entries(all).map(([name, values]) => [`${type}.${name}`, values] as const),
    ),
  );
  const expected = expectedOf(environment);
  expect([...expected.keys()].sort()).toEqual([...declared.keys()].sort());
  for (const [address, values] of declared) {
    for (const [key, value] of Object.entries(values)) {
      if (elsewhere.has(key)) continue;
      const wanted = expected.get(address)?.[key];
      const holds =
        typeof wanted === "function" ? (wanted as (one: unknown) => boolean) : undefined;
      if (holds) expect(holds(value), `${address}.${key}`).toBe(true);
      else if (key !== "actions") expect(wanted, `${address}.${key}`).toEqual(asPlanned(value));
    }
  }
});
