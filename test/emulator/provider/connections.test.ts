import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { idOf } from "../../../emulator/provider/resources/body.ts";
import { shared, withoutShared } from "../../shared.ts";
import { provider } from "./configuration.ts";
import { passwordless } from "./passwordless.ts";
import { apply, planned, setUp, stateOf, succeed } from "./setup.ts";
import type { Setup } from "./setup.ts";

let setup: Setup;

beforeEach(async () => {
  setup = await setUp();
});
afterEach(() => setup.stop());

/** Changes of connections that the tenant got, oldest first. */
function changes(): { method: string; path: string; body: unknown }[] {
  return setup.tenant.requests
    .filter(({ method, path }) => method !== "GET" && path.startsWith("/api/v2/connections"))
    .map(({ method, path, body }) => ({ method, path, body }));
}

describe("passwordless connections", () => {
  it("plan nothing after they are applied, and leave nothing after they are destroyed", async () => {
    await apply(setup, { ...provider, ...passwordless() });
    expect((await planned(setup)).changes).toBe(false);
    await succeed(setup.workspace.terraform("destroy"));
    const paths = setup.tenant.requests.map(({ method, path }) => `${method} ${path}`);
    expect(paths.filter((path) => path.startsWith("DELETE /api/v2/connections"))).toHaveLength(2);
  });

  it("are updated in place when their message changes", async () => {
    await apply(setup, { ...provider, ...passwordless() });
    const { id } = await stateOf(setup, "auth0_connection.email");
    await apply(setup, { ...provider, ...passwordless({}, { subject: "Another" }) });
    expect(changes().at(-1)).toMatchObject({
      method: "PATCH",
      path: `/api/v2/connections/${String(id)}`,
      body: { options: { email: { subject: "Another", body: "<p>{{ code }}</p>" } } },
    });
    expect((await planned(setup)).changes).toBe(false);
  });

  it("switch applications on and off, those that changed alone", async () => {
    await apply(setup, { ...provider, ...passwordless() });
    const { client_id } = await stateOf(setup, "auth0_client.app");
    await apply(setup, { ...provider, ...passwordless({}, { enabled: false }) });
    const switches = changes().filter(({ path }) => path.endsWith("/clients"));
    expect(switches.map(({ body }) => body)).toEqual([
      [{ client_id, status: true }],
      [{ client_id, status: true }],
      [{ client_id, status: false }],
      [{ client_id, status: false }],
    ]);
  });

  it("refuse to take over applications that are not configured", async () => {
    const client = idOf(await setup.byHand.post("/clients", { name: "Stranger" }), "client_id");
    const id = idOf(await setup.byHand.post("/connections", { name: "email", strategy: "email" }));
    await setup.byHand.patch(`/connections/${id}/clients`, [{ client_id: client, status: true }]);
    await setup.workspace.configure({
      ...provider,
      resource: {
        auth0_connection_clients: { email: { connection_id: id, enabled_clients: [] } },
      },
    });
    await succeed(setup.workspace.terraform("init"));
    const { code, output } = await setup.workspace.terraform("apply");
    expect(code).toBe(1);
    expect(output).toContain("Connection with non empty enabled clients");
    expect(output).toContain(client);
  });

  it.each(["name", "strategy"])("are replaced when their %s changes", async (attribute) => {
    const connection = { name: "a", strategy: "email", options: [{ name: "a" }] };
    const using = (values: object) => ({
      ...provider,
      resource: { auth0_connection: { one: values } },
    });
    await apply(setup, using(connection));
    await setup.workspace.configure(using({ ...connection, [attribute]: "sms" }));
    expect((await planned(setup)).output).toMatch(
      new RegExp(`${attribute} += .* # forces replacement`),
    );
  });
});

interface Interaction {
  readonly method: string;
  readonly path: string;
  readonly request: unknown;
}

/** The configuration behind each recording, as far as its requests show. */
const common = { name: "Email OTP", disable_signup: false, brute_force_protection: true };
const email = {
  ...common,
  from: "Magic Password <password@example.com>",
  syntax: "liquid",
  subject: "Sign in!",
  template: "<html><body><h1>Here's your password!</h1></body></html>",
};
// Spaces, as people write them, are no change to what the tenant answers without them.
const alias = JSON.stringify({ screen_name: { alias: "login_hint" } }, null, 1);
const params = {
  scope: "openid email profile offline_access",
  response_type: "code",
  some_arbitrary_query_param: "some string",
};
const recordings: readonly (readonly [string, string, readonly object[]])[] = [
  [
    "TestAccConnectionEmail",
    "email",
    [
      { ...email, totp: [{ time_step: 300, length: 6 }], upstream_params: alias },
      { ...email, totp: [{ time_step: 360, length: 4 }], auth_params: params },
      { ...email, totp: [{ time_step: 360, length: 4 }], auth_params: {} },
    ],
  ],
  [
    "TestAccConnectionSMS",
    "sms",
    [
      {
        ...common,
        name: "SMS OTP",
        from: "+12345678",
        syntax: "md_with_macros",
        template: "@@password@@",
        twilio_sid: "ABC123",
        twilio_token: "DEF456",
        messaging_service_sid: "GHI789",
        totp: [{ time_step: 300, length: 6 }],
        upstream_params: alias,
      },
    ],
  ],
];

describe("the requests for a connection equal the recorded ones", () => {
  it.runIf(shared("recordings")).each(recordings)("%s", async (name, strategy, options) => {
    const file = shared(`recordings/${name}.json`) ?? "";
    const interactions = JSON.parse(readFileSync(file, "utf8")) as readonly Interaction[];
    const expected = interactions.filter(({ method }) => method !== "GET");
    const [created] = expected;
    const { name: connection } = created?.request as { name: string };
    for (const block of options) {
      const one = { name: connection, strategy, is_domain_connection: false, options: [block] };
      await apply(setup, { ...provider, resource: { auth0_connection: { one } } });
      expect((await planned(setup)).changes).toBe(false);
    }
    await succeed(setup.workspace.terraform("destroy"));
    const sent = changes().map(({ method, body }) => ({ method, request: body ?? null }));
    // The tenant records Twilio's credentials without their values.
    const redacted = JSON.parse(
      JSON.stringify(
        expected.map(({ method, request }) => ({ method, request })),
        (key, value: unknown) =>
          key === "twilio_sid" || key === "twilio_token" ? "(redacted)" : value,
      ),
    ) as unknown;
    expect(sent).toEqual(redacted);
  });

  if (shared("recordings") === undefined) it.skip(withoutShared("recordings"));
});
