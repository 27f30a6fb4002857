import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPlan, review } from "../../../otp/review/index.ts";
import type { Review } from "../../../otp/review/index.ts";
import { delivery, provider } from "../../emulator/provider/configuration.ts";
import { apply, canaries, setUp, stateOf, succeed } from "../../emulator/provider/setup.ts";
import type { Setup } from "../../emulator/provider/setup.ts";
import { breakouts } from "./markdown.ts";
import { bundle } from "./plans.ts";

interface Configuration {
  readonly resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The usual configuration with e-mail alone. */
function emailAlone(): object {
  const all = delivery() as Configuration;
  const kept = Object.entries(all.resource).map(([type, { email }]) => [type, { email }] as const);
  const resource = Object.fromEntries(kept.filter(([, { email }]) => email !== undefined));
  return { ...all, resource };
}

describe("the review of a real plan", () => {
  let setup: Setup;
  let imported: string;

  /** Plans a configuration with real Terraform, and reviews what `terraform show` prints. */
  async function reviewed(configuration: object, ...args: readonly string[]): Promise<Review> {
    const { workspace } = setup;
    await workspace.configure(configuration);
    await succeed(workspace.terraform("init"));
    await succeed(workspace.terraform("plan", "-out=plan", ...args));
    const text = await succeed(workspace.terraform("show", "-json", "plan"));
    const plan = readPlan(text, "plan.json");
    const result = review([{ environment: "production", plan }], {
      secrets: Object.values(canaries),
    });
    expect(breakouts(result.markdown)).toEqual([]);
    expect(JSON.stringify(result)).not.toContain("canary");
    return result;
  }
  const first = ({ markdown }: Review) => markdown.split("\n")[0];

  beforeAll(async () => {
    setup = await setUp();
    await apply(setup, delivery());
    imported = String((await stateOf(setup, "auth0_phone_provider.phone"))["id"]);
  });
  afterAll(() => setup.stop());

  it("of a new environment says what is created and overwritten", async () => {
    const fresh = await setUp();
    const used = setup;
    setup = fresh;
    try {
      const result = await reviewed(delivery());
      expect(first(result)).toBe(
        "- 🟡 **production**: 2 Actions, 2 bindings, 1 e-mail provider and 1 phone provider are created, nothing is destroyed",
      );
      expect(result.dangers.map(({ kind }) => kind)).toEqual([
        "manifest",
        "manifest",
        "overwrite",
        "overwrite",
      ]);
      expect(result.markdown).toContain("attributes that nobody sets");
    } finally {
      setup = used;
      await fresh.stop();
    }
  });

  it("of no changes is one line", async () => {
    const { markdown, changed } = await reviewed(delivery());
    expect([markdown, changed]).toEqual(["- ⚪ **production**: no changes", false]);
  });

  it("of a changed handler, a rotation and another sender says all three", async () => {
    const result = await reviewed(
      delivery({
        phoneCode: bundle({ vendors: ["twilio/text"] }),
        secretsVersion: 8,
        sender: "login@example.org",
      }),
    );
    expect(first(result)).toContain(
      "2 Actions and 1 e-mail provider change in place, 1 secret rotates, nothing is destroyed",
    );
    expect(result.dangers.map(({ kind }) => kind).sort()).toEqual([
      "handmade",
      "secrets",
      "secrets",
      "sender",
    ]);
    expect(result.markdown).toContain("+// otp-delivery:");
  });

  it("of an added secret names it", async () => {
    const { dangers } = await reviewed(delivery({ secrets: ["API_KEY", "SECOND_KEY"] }));
    expect(dangers.map(({ message }) => message)).toContain(
      "auth0_action.email: secrets are added: SECOND_KEY.",
    );
  });

  it("of a removed channel says that logins stop", async () => {
    const { dangers } = await reviewed(emailAlone());
    expect(dangers.map(({ kind, stopsLogins }) => [kind, stopsLogins])).toEqual([
      ["destroy", true],
      ["destroy", true],
      ["destroy", true],
    ]);
  });

  it("of a replacement says why it cannot work", async () => {
    const result = await reviewed(delivery(), "-replace=auth0_action.email");
    expect(result.dangers.map(({ message }) => message).join("\n")).toContain(
      "The Action auth0_action.email is replaced, the old one destroyed first (the plan was asked to replace it): it cannot work",
    );
  });

  it("of what is moved, forgotten and imported says so", async () => {
    const all = delivery() as Configuration;
    const { email, phone } = all.resource["auth0_action"] ?? {};
    const bindings = JSON.parse(
      JSON.stringify(all.resource["auth0_trigger_actions"]).replace(
        "auth0_action.email",
        "auth0_action.renamed",
      ),
    ) as object;
    const { phone: phoneProvider } = all.resource["auth0_phone_provider"] ?? {};
    const result = await reviewed({
      ...all,
      moved: [{ from: "auth0_action.email", to: "auth0_action.renamed" }],
      removed: [{ from: "auth0_phone_provider.phone", lifecycle: { destroy: false } }],
      import: [{ to: "auth0_phone_provider.found", id: imported }],
      resource: {
        ...all.resource,
        auth0_action: { renamed: email, phone },
        auth0_trigger_actions: bindings,
        auth0_phone_provider: { found: phoneProvider },
      },
    });
    expect(first(result)).toContain("1 phone provider is removed from the state");
    expect(first(result)).toContain("1 phone provider is imported, 1 Action moves in the state");
    expect(result.markdown).toContain("moved from `auth0_action.email`");
  });

  it("of a hand edit says that it was made outside Terraform", async () => {
    const id = String((await stateOf(setup, "auth0_action.email"))["id"]);
    await setup.byHand.patch(`/actions/actions/${id}`, { code: "exports.byHand = 1;" });
    const result = await reviewed(delivery());
    expect(first(result)).toContain("1 Action changes in place");
    expect(first(result)).toContain("1 Action was changed outside Terraform");
    expect(result.markdown).toContain("-exports.byHand = 1;");
  });

  it("of a sensitive output shows that it changes, not what it is", async () => {
    const { markdown } = await reviewed({
      ...delivery(),
      output: { key: { value: "canary-in-an-output", sensitive: true } },
    });
    expect(markdown).toContain("+ key = (sensitive)");
  });

  it("is refused for a saved plan itself and for a state", async () => {
    await reviewed({ ...provider });
    const state = await succeed(setup.workspace.terraform("show", "-json"));
    expect(() => readPlan(state, "state.json")).toThrow("a state; show a plan file");
  });
});
