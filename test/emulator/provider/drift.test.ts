import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { delivery } from "./configuration.ts";
import { apply, planned, setUp, stateOf, succeed } from "./setup.ts";
import type { Setup } from "./setup.ts";

let setup: Setup;
let actionId: string;
let phoneId: string;

beforeAll(async () => {
  setup = await setUp();
  await apply(setup, delivery());
  actionId = String((await stateOf(setup, "auth0_action.email"))["id"]);
  phoneId = String((await stateOf(setup, "auth0_phone_provider.phone"))["id"]);
});
afterAll(() => setup.stop());

/** Each edit is seen by the plan in the words given, and repaired by the next apply. */
const edits: readonly (readonly [string, () => Promise<unknown>, string])[] = [
  [
    "changed code",
    () => setup.byHand.patch(`/actions/actions/${actionId}`, { code: "exports.other = 1;" }),
    "exports.other",
  ],
  [
    "an added dependency",
    () =>
      setup.byHand.patch(`/actions/actions/${actionId}`, {
        dependencies: [{ name: "lodash", version: "4.17.21" }],
      }),
    "lodash",
  ],
  [
    "a removed binding",
    () => setup.byHand.patch("/actions/triggers/custom-email-provider/bindings", { bindings: [] }),
    "auth0_trigger_actions.email will be updated in-place",
  ],
  [
    "an e-mail provider that was switched off",
    () => setup.byHand.patch("/emails/provider", { enabled: false }),
    "false -> true",
  ],
  [
    "an e-mail provider that was deleted",
    () => setup.byHand.delete("/emails/provider"),
    "auth0_email_provider.email will be created",
  ],
  [
    "another delivery method",
    () =>
      setup.byHand.patch(`/branding/phone/providers/${phoneId}`, {
        configuration: { delivery_methods: ["text", "voice"] },
      }),
    "auth0_phone_provider.phone will be updated in-place",
  ],
];

describe("an edit by hand shows in the plan and is repaired", () => {
  it.each(edits)("%s", async (_what, edit, words) => {
    await edit();
    const { changes, output } = await planned(setup);
    expect(changes).toBe(true);
    expect(output).toContain(words);
    await succeed(setup.workspace.terraform("apply"));
    expect((await planned(setup)).changes).toBe(false);
  });
});
