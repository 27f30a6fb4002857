import { afterEach, describe, expect, it } from "vitest";
import { startServices } from "../../../emulator/session/services.ts";
import { logIn } from "../../../emulator/session/passwordless.ts";
import type { Services } from "../../../emulator/session/services.ts";
import type { Execution, TenantOptions } from "../../../emulator/tenant/index.ts";
import { deployed, managementOf, trust } from "../tenant/management.ts";

let services: Services;
afterEach(() => services.stop());

/** Services whose Action for e-mail has this body. */
async function withAction(body: string, tenant: TenantOptions = {}): Promise<void> {
  services = await startServices({ tenant });
  trust(services.tenant);
  const management = await managementOf(services.tenant);
  await deployed(
    management,
    "custom-email-provider",
    `exports.onExecuteCustomEmailProvider = async (event, api) => { ${body} };`,
    [],
  );
  await management.ok("POST", "/emails/provider", {
    name: "custom",
    enabled: true,
    default_from_address: "login@example.com",
    credentials: {},
  });
}

const login = () =>
  logIn(services.tenant, services.inbox, { channel: "email", to: "jo@example.org" });

describe("a login whose handler fails", () => {
  it.each([
    ["throws", "throw new Error('the template is missing')", "threw: the template is missing"],
    ["drops", "api.notification.drop('no vendor')", "dropped the message: no vendor"],
    [
      "takes too long",
      "console.log('waiting'); await new Promise(() => undefined)",
      "took too long; it logged: waiting",
    ],
    [
      "asks for a retry until none is left",
      "api.notification.retry('vendors are down')",
      "gave up after its last retry: vendors are down",
    ],
  ])("says so at once when it %s", async (_, body, why) => {
    await withAction(body, { executionLimit: 200, retryDelays: [5] });
    await expect(login()).rejects.toThrow(
      `no code reached jo@example.org: version 1 of the Action ${why}`,
    );
  });

  it("tells who listens of each execution and when the Action runs again", async () => {
    await withAction("api.notification.retry('vendors are down')", { retryDelays: [5] });
    const heard: Execution[] = [];
    services.tenant.onExecution((execution) => heard.push(execution));
    await expect(login()).rejects.toThrow();
    expect(heard.map(({ attempt, retryInMs }) => [attempt, retryInMs])).toEqual([
      [1, 5],
      [2, undefined],
    ]);
    expect(heard[0]).toMatchObject({
      messageType: "verification_code",
      recipient: "jo@example.org",
    });
  });
});
