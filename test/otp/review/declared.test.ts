import { beforeAll, describe, expect, it } from "vitest";
import { bundle as build } from "../../../bundle/bundle.ts";
import { checkEnvironment } from "../../../config/load.ts";
import type { Environment } from "../../../config/environment.ts";
import { checkPlan, failsOn, review } from "../../../otp/review/index.ts";
import type { ChangeInput } from "./plans.ts";
import { planOf } from "./plans.ts";

/** An environment with one e-mail vendor, as its file declares it. */
const declared = (email: object, more: object = {}): Environment =>
  checkEnvironment(
    {
      name: "production",
      domain: "example.eu.auth0.com",
      backend: { type: "local" },
      email: {
        from: { address: "login@example.com", name: "Example" },
        vendors: [{ vendor: "postmark", serverToken: { secret: "POSTMARK_TOKEN" } }],
        ...email,
      },
      ...more,
    },
    "production.ts",
  );

const trigger = "custom-email-provider";
const codeOf = async (environment: Environment) => (await build(environment, "email"))?.code ?? "";

function action(before: string, after: string, more: object = {}): ChangeInput {
  const values = (code: string) => ({
    id: "act-1",
    name: trigger,
    runtime: "node22",
    deploy: true,
    secrets_wo_version: 7,
    supported_triggers: [{ id: trigger, version: "v1" }],
    code,
  });
  return { before: values(before), after: { ...values(after), ...more } };
}

async function reviewed(changes: readonly ChangeInput[], more: Record<string, unknown> = {}) {
  const plan = planOf(changes, more);
  return review([{ environment: "production", plan, check: await checkPlan(plan, "production") }]);
}

let deployed: string;
beforeAll(async () => {
  deployed = await codeOf(declared({}));
});

describe("the review of what an environment declares", () => {
  it("says a changed sender once, in the environment's words, and explains every attribute", async () => {
    const after = await codeOf(
      declared({ from: { address: "codes@example.com", name: "Example" } }),
    );
    const { markdown, dangers } = await reviewed([action(deployed, after)]);
    expect(markdown).toContain(
      "| E-mail: sender's address | `login@example.com` | `codes@example.com` |",
    );
    expect(dangers.map(({ kind }) => kind)).toEqual(["sender"]);
    expect(failsOn({ dangers }, ["unexplained"])).toEqual([]);
  });

  it.each<[string, object, object, string]>([
    ["a reply-to", { replyTo: { address: "help@example.com" } }, {}, "sender"],
    ["a shown name", { from: { address: "login@example.com", name: "Exarnple" } }, {}, "sender"],
    ["the life of a code", { lifetimeS: 600 }, {}, "lifetime"],
    ["another tenant", {}, { domain: "other.eu.auth0.com" }, "domain"],
    ["less protection", {}, { protect: false }, "protection"],
    ["another state", {}, { backend: { type: "local", path: "x.tfstate" } }, "backend"],
    [
      "another vendor behind the same id",
      { vendors: [{ vendor: "resend", id: "postmark", apiKey: { secret: "POSTMARK_TOKEN" } }] },
      {},
      "vendors",
    ],
    [
      "a vendor's address",
      {
        vendors: [
          {
            vendor: "http",
            url: "https://evil.example/send",
            apiKey: { secret: "POSTMARK_TOKEN" },
          },
        ],
      },
      {},
      "vendors",
    ],
  ])("takes %s for a danger and explains it", async (_, email, more, kind) => {
    const after = await codeOf(declared(email, more));
    const { dangers } = await reviewed([action(deployed, after)]);
    expect(dangers.map((one) => one.kind)).toContain(kind);
    expect(failsOn({ dangers }, ["unexplained"])).toEqual([]);
  });

  it("finds one changed line of the engine under an unchanged declaration", async () => {
    const hostile = deployed.replace("async function", "globalThis.x = 1;\nasync function");
    expect(hostile).not.toBe(deployed);
    const { dangers } = await reviewed([action(deployed, hostile)]);
    expect(dangers.map(({ kind }) => kind)).toContain("engine");
    expect(failsOn({ dangers }, ["unexplained"])).not.toEqual([]);
  });

  it("finds a setting of the code that is not the declared one", async () => {
    const at = deployed.lastIndexOf("login@example.com");
    const hostile = `${deployed.slice(0, at)}login@examp1e.com${deployed.slice(at + 17)}`;
    const { dangers } = await reviewed([action(deployed, hostile)]);
    expect(dangers.map(({ kind }) => kind)).toContain("engine");
  });

  it.each<[string, ChangeInput]>([
    [
      "an attribute of the Action",
      action("", "", { dependencies: [{ name: "left-pad", version: "1.0.0" }] }),
    ],
    [
      "a resource that it does not declare",
      { address: "auth0_client.x", actions: ["create"], after: { name: "x" } },
    ],
    [
      "a provider's sender",
      {
        address: "auth0_email_provider.email",
        before: { name: "custom", enabled: true, default_from_address: "login@example.com" },
        after: { name: "custom", enabled: true, default_from_address: "x@example.com" },
      },
    ],
  ])("lists as unexplained %s", async (_, change) => {
    const own = action(deployed, deployed);
    const changes =
      change.address === undefined
        ? [
            {
              ...change,
              before: own.before,
              after: { ...(change.after as object), code: deployed },
            },
          ]
        : [{ ...own, actions: ["no-op"] }, change];
    const { dangers } = await reviewed(changes);
    expect(failsOn({ dangers }, ["unexplained"]).length).toBeGreaterThan(0);
  });

  it("explains nothing of a manifest that is doubled or of another environment", async () => {
    const doubled = `${deployed}\n// otp-delivery: {}\n`;
    const other = await codeOf(declared({}, { name: "staging" }));
    for (const code of [doubled, other]) {
      const { dangers } = await reviewed([action(deployed, code)]);
      expect(dangers.map(({ kind }) => kind)).toContain("manifest");
    }
  });

  it("does not run what a manifest declares", async () => {
    const hostile = deployed.replace('"postmark"', '"x\\"; globalThis.ran = 1; \\""');
    const { dangers } = await reviewed([action(deployed, hostile)]);
    expect(globalThis).not.toHaveProperty("ran");
    expect(failsOn({ dangers }, ["unexplained"])).not.toEqual([]);
  });
});
