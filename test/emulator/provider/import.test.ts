import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { delivery } from "./configuration.ts";
import { passwordless } from "./passwordless.ts";
import { apply, setUp, stateOf, succeed } from "./setup.ts";
import type { Setup } from "./setup.ts";
import { createWorkspace } from "../terraform.ts";
import type { Workspace } from "../terraform.ts";

let setup: Setup;
let empty: Workspace;

beforeAll(async () => {
  setup = await setUp();
  const configuration = { ...delivery(), ...passwordless(delivery()) };
  await apply(setup, configuration);
  empty = await createWorkspace({
    TF_REATTACH_PROVIDERS: setup.provider.reattach,
    TF_VAR_API_KEY: "x",
  });
  await empty.configure(configuration);
  await succeed(empty.terraform("init"));
});
afterAll(async () => {
  await empty.remove();
  await setup.stop();
});

/** Attributes that no tenant can tell, so that an import cannot have them. */
const untold: Readonly<Record<string, readonly string[]>> = {
  auth0_action: ["deploy", "secrets_wo", "secrets_wo_version"],
};

describe("import by id gives what an apply has given", () => {
  it.each([
    "auth0_action.email",
    "auth0_trigger_actions.email",
    "auth0_email_provider.email",
    "auth0_phone_provider.phone",
    "auth0_connection.email",
    "auth0_connection.sms",
    "auth0_connection_clients.email",
    "auth0_client.app",
  ])("%s", async (address) => {
    const applied = await stateOf(setup, address);
    await succeed(empty.terraform("import", address, String(applied["id"])));
    const imported = await stateOf({ workspace: empty }, address);
    const [type = ""] = address.split(".");
    const lacking = Object.fromEntries((untold[type] ?? []).map((name) => [name, imported[name]]));
    expect(imported).toEqual({ ...applied, ...lacking });
  });

  it("refuses an id that the tenant does not have", async () => {
    const { code, output } = await empty.terraform("import", "auth0_action.phone", "no-such-id");
    expect(code).toBe(1);
    expect(output).toContain("Cannot import non-existent remote object");
  });
});
