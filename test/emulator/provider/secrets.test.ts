import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { delivery } from "./configuration.ts";
import { apply, canaries, planned, setUp, stateOf, succeed } from "./setup.ts";
import type { Setup } from "./setup.ts";

let setup: Setup;

beforeEach(async () => {
  setup = await setUp();
});
afterEach(() => setup.stop());

/** Everything that Terraform wrote, as text. */
async function written(): Promise<string> {
  const { folder } = setup.workspace;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), "latin1")),
  );
  return texts.join("\n");
}

/** An Action that shows its secret as the reason for not sending. */
const telling = (channel: "Email" | "Phone") =>
  `exports.onExecuteCustom${channel}Provider = async (event, api) => {
    api.notification.drop(event.secrets.API_KEY);
  };`;

describe("a write-only secret", () => {
  it("reaches the Action and nothing that Terraform writes or says", async () => {
    const configuration = delivery({ phoneCode: telling("Phone") });
    await setup.workspace.configure(configuration);
    await succeed(setup.workspace.terraform("init"));
    const said = [
      await succeed(setup.workspace.terraform("plan", "-out=plan")),
      await succeed(setup.workspace.terraform("show", "-json", "plan")),
      await succeed(setup.workspace.terraform("apply")),
      await succeed(setup.workspace.terraform("show", "-json")),
      await written(),
    ].join("\n");
    for (const canary of Object.values(canaries)) expect(said).not.toContain(canary);

    const { id } = await stateOf(setup, "auth0_phone_provider.phone");
    await setup.byHand.post(`/branding/phone/providers/${String(id)}/try`, {
      to: "+15005550006",
      delivery_method: "text",
    });
    await setup.tenant.idle(10_000);
    expect(setup.tenant.executions[0]?.outcome).toMatchObject({
      kind: "drop",
      reason: canaries.API_KEY,
    });
  });

  it("leaves its name in the state, so that its removal can be told from a stranger's", async () => {
    await apply(setup, delivery());
    expect(await stateOf(setup, "auth0_action.email")).toMatchObject({
      secrets: [],
      secrets_wo: [{ name: "API_KEY", value: null }],
      secrets_wo_version: 7,
    });
  });

  it("shows in the plan when its version changes, in place", async () => {
    await apply(setup, delivery());
    await setup.workspace.configure(delivery({ secretsVersion: 8 }));
    const { output } = await planned(setup);
    expect(output).toContain("2 to change, 0 to destroy");
    expect(output).toMatch(/~ secrets_wo_version += 7 -> 8/);
  });
});

describe("a secret that was added by hand", () => {
  async function addByHand(): Promise<void> {
    const { id } = await stateOf(setup, "auth0_action.email");
    await setup.byHand.patch(`/actions/actions/${String(id)}`, {
      secrets: [
        { name: "API_KEY", value: "x" },
        { name: "STRANGER", value: "canary-by-hand" },
      ],
    });
  }

  it("is not erased: the rotation is refused and names it", async () => {
    await apply(setup, delivery());
    await addByHand();
    await setup.workspace.configure(delivery({ secretsVersion: 8 }));
    const { code, output } = await setup.workspace.terraform("apply");
    expect(code).toBe(1);
    expect(output).toContain("Unmanaged Action Secret");
    expect(output).toContain("STRANGER");
    expect(output).not.toContain("canary");
  });

  it("does not hinder a change that leaves secrets alone", async () => {
    await apply(setup, delivery());
    await addByHand();
    await apply(setup, delivery({ emailCode: telling("Email") }));
    const { id } = await stateOf(setup, "auth0_action.email");
    const found = await setup.byHand.get(`/actions/actions/${String(id)}`);
    expect(found["secrets"]).toMatchObject([{ name: "API_KEY" }, { name: "STRANGER" }]);
  });
});
