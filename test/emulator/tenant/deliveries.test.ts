import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { startTenant } from "../../../emulator/tenant/index.ts";
import type { Tenant, TenantOptions } from "../../../emulator/tenant/index.ts";
import { deployed, managementOf, post, trust } from "./management.ts";
import type { Management } from "./management.ts";

let tenant: Tenant | undefined;
afterEach(() => tenant?.stop());

const handler = (body: string): string =>
  `exports.onExecuteCustomPhoneProvider = async (event, api) => {${body}};`;

/** A tenant whose text messages run this code. */
async function start(
  body: string,
  options: TenantOptions = {},
): Promise<{ running: Tenant; api: Management; action: string; send: () => Promise<void> }> {
  const running = await startTenant({ retryDelays: [1, 1, 1, 1, 1], ...options });
  tenant = running;
  trust(running);
  const api = await managementOf(running);
  const secrets = [{ name: "KEY", value: "canary-secret" }];
  const action = await deployed(api, "custom-phone-provider", handler(body), secrets);
  await api.ok("POST", "/branding/phone/providers", {
    name: "custom",
    configuration: { delivery_methods: ["text", "voice"] },
    credentials: {},
  });
  const send = async (): Promise<void> => {
    const { status } = await post(`${running.url}/passwordless/start`, {
      client_id: running.client.clientId,
      client_secret: running.client.clientSecret,
      connection: "sms",
      phone_number: "+15005550006",
    });
    expect(status).toBe(200);
    await running.idle();
  };
  return { running, api, action, send };
}

const kinds = (): (string | undefined)[] =>
  tenant?.executions.map(({ outcome }) => outcome.kind) ?? [];

describe("a message", () => {
  it.each([
    ["once when nothing is called", "", ["delivered"]],
    ["once when it is dropped", "api.notification.drop('no')", ["drop"]],
    ["once when the Action throws", "throw new Error('no')", ["error"]],
    [
      "six times when it is always to be retried",
      "api.notification.retry('no')",
      Array(6).fill("retry"),
    ],
    [
      "until it is delivered, with one cache for all runs",
      "const n = Number((await api.cache.get('n'))?.value ?? 0); await api.cache.set('n', String(n + 1)); if (n < 2) api.notification.retry('not yet')",
      ["retry", "retry", "delivered"],
    ],
  ])("runs the Action %s", async (_, body, expected) => {
    const { send } = await start(body);
    await send();
    expect(kinds()).toEqual(expected);
    expect(tenant?.executions.map(({ attempt }) => attempt)).toEqual(expected.map((_, i) => i + 1));
  });

  it("is retried when the Action takes too long", async () => {
    const { send } = await start("for (;;);", { executionLimit: 50, retryDelays: [1] });
    await send();
    expect(kinds()).toEqual(["timeout", "timeout"]);
  });

  it("is retried by the version that is deployed by then", async () => {
    const body = "console.log('old'); api.notification.retry('x')";
    const { running, api, action, send } = await start(body, { retryDelays: [1500] });
    const sent = send();
    await expect.poll(() => running.executions.length, { timeout: 20_000 }).toBe(1);
    await api.ok("PATCH", `/actions/actions/${action}`, { code: handler("console.log('new')") });
    await api.ok("POST", `/actions/actions/${action}/deploy`);
    await sent;
    expect(running.executions.map(({ log, version }) => [log, version])).toEqual([
      ["old", 1],
      ["new", 2],
    ]);
  });

  it("gets the secrets of the deployed version, not of the draft", async () => {
    const { api, action, send } = await start("console.log(event.secrets.KEY)");
    await api.ok("PATCH", `/actions/actions/${action}`, {
      secrets: [{ name: "KEY", value: "newer" }],
    });
    await send();
    expect(tenant?.executions[0]?.log).toBe("canary-secret");
  });

  it("is given up when the tenant stops", async () => {
    const { running, send } = await start("api.notification.retry('x')", {
      retryDelays: [600_000],
    });
    const sent = send();
    await expect.poll(() => running.executions.length, { timeout: 20_000 }).toBe(1);
    await expect(running.idle(1)).rejects.toThrow("expected all deliveries to end within 1 ms");
    await running.stop();
    await sent;
    expect(kinds()).toEqual(["retry"]);
  });
});

describe("the log", () => {
  const leak =
    "const said = [event.notification.code, event.notification.recipient, event.secrets.KEY].join(' ');";

  it.each([
    ["fn", "api.notification.drop('refused ' + said)", "Notification dropped: refused"],
    ["actions_execution_failed", "throw new Error('broken ' + said)", "The Action failed: broken"],
    ["cls", "", "Notification sent"],
  ])("tells of %s without code, recipient or secret", async (type, body, words) => {
    const { api, action, send } = await start(leak + body);
    await send();
    const { body: entries } = await api.call("GET", `/logs?q=type:${type}&per_page=5`);
    expect(entries).toMatchObject([
      {
        type,
        description: expect.stringContaining(words) as string,
        details: { action_id: action },
      },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/canary|5005550006|\b\d{6}\b/);
  });

  it("is searched by more than one field and refuses what it does not understand", async () => {
    const { api, send } = await start("");
    await send();
    const search = (q: string): ReturnType<Management["call"]> =>
      api.call("GET", `/logs?q=${encodeURIComponent(q)}`);
    expect((await search('type:cls AND client_name:"Local app*"')).body).toHaveLength(1);
    expect((await search("type:cls AND client_name:other")).body).toEqual([]);
    expect((await search("(((")).status).toBe(400);
  });
});

describe("a try", () => {
  const report =
    "const n = event.notification; console.log(n.message_type, n.delivery_method, n.as_text)";

  it("of the phone provider runs the Action by the method asked for", async () => {
    const { api } = await start(report);
    const { providers } = await api.ok("GET", "/branding/phone/providers");
    const [{ id } = { id: "" }] = providers as { id: string }[];
    const reply = await api.call("POST", `/branding/phone/providers/${id}/try`, {
      to: "+15005550006",
      delivery_method: "voice",
    });
    expect(reply.status).toBe(202);
    await tenant?.idle();
    expect(tenant?.executions[0]?.log).toBe("otp_verify voice Your verification code is 123456");
  });

  it("of a phone template says what the template says, and its default after a reset", async () => {
    const { api } = await start(report);
    const { id } = await api.ok("POST", "/branding/phone/templates", {
      type: "otp_enroll",
      content: { body: { text: "{{ code }}!", voice: "{{ code }}!" } },
    });
    const path = `/branding/phone/templates/${String(id)}`;
    const attempt = async (): Promise<void> => {
      expect((await api.call("POST", `${path}/try`, { to: "+15005550006" })).status).toBe(202);
      await tenant?.idle();
    };
    await attempt();
    await api.ok("PATCH", `${path}/reset`);
    await attempt();
    expect(tenant?.executions.map(({ log }) => log)).toEqual([
      "otp_enroll text 123456!",
      "otp_enroll text Your enrollment code is 123456",
    ]);
  });
});

it("imports what is to be preloaded before an Action runs", async () => {
  const folder = await mkdtemp(join(tmpdir(), "preload-"));
  try {
    const file = join(folder, "intercept.mjs");
    await writeFile(file, "globalThis.fetch = async (url) => ({ status: 299, url });");
    const body = "console.log((await fetch('https://vendor.example')).status)";
    const { send } = await start(body, { preload: [file] });
    await send();
    expect(tenant?.executions[0]?.log).toBe("299");
  } finally {
    await rm(folder, { recursive: true });
  }
});
