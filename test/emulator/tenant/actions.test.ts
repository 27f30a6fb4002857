import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTenant } from "../../../emulator/tenant/index.ts";
import type { Tenant, TenantOptions } from "../../../emulator/tenant/index.ts";
import { deployed, managementOf, trust } from "./management.ts";
import type { Management } from "./management.ts";

const code = "exports.onExecuteCustomEmailProvider = async () => {};";
const email = {
  name: "mail",
  supported_triggers: [{ id: "custom-email-provider", version: "v1" }],
  code,
};
let tenant: Tenant;
let api: Management;

async function start(options: TenantOptions = {}): Promise<void> {
  await tenant.stop();
  tenant = await startTenant(options);
  trust(tenant);
  api = await managementOf(tenant);
}
async function create(more: Record<string, unknown> = {}): Promise<string> {
  const { id } = await api.ok("POST", "/actions/actions", { ...email, ...more });
  return String(id);
}
const get = (id: string): Promise<Record<string, unknown>> =>
  api.ok("GET", `/actions/actions/${id}`);

beforeEach(async () => {
  tenant = await startTenant();
  trust(tenant);
  api = await managementOf(tenant);
});
afterEach(() => tenant.stop());

describe("an Action", () => {
  it("is built after its creation, whatever its JavaScript", async () => {
    const created = await api.call("POST", "/actions/actions", { ...email, code: "}{" });
    expect(created).toMatchObject({ status: 201, body: { status: "pending" } });
    const { id } = created.body as { id: string };
    expect(await get(id)).toMatchObject({ status: "built" });
  });

  it("fails to build with a dependency that does not exist", async () => {
    const id = await create({ dependencies: [{ name: "nonsense", version: "99.0.0" }] });
    expect(await get(id)).toMatchObject({ status: "failed" });
    expect((await api.call("POST", `/actions/actions/${id}/deploy`)).status).toBe(400);
  });

  it("is not deployed before it is built", async () => {
    await start({ buildDelay: 60_000 });
    const id = await create();
    expect(await get(id)).toMatchObject({ status: "pending" });
    expect((await api.call("POST", `/actions/actions/${id}/deploy`)).status).toBe(400);
  });

  it("never shows the values of its secrets, deployed or not", async () => {
    const id = await create({ secrets: [{ name: "KEY", value: "canary-1" }] });
    await api.ok("POST", `/actions/actions/${id}/deploy`);
    await api.ok("PATCH", `/actions/actions/${id}`, {
      secrets: [{ name: "KEY", value: "canary-2" }],
    });
    const shown = await Promise.all([
      get(id),
      api.ok("GET", "/actions/actions"),
      api.ok("GET", `/actions/actions/${id}/versions`),
    ]);
    expect(JSON.stringify(shown)).not.toContain("canary");
    expect(JSON.stringify(tenant.requests)).not.toContain("canary");
  });

  it("keeps running what was deployed when its draft changes", async () => {
    const id = await create();
    await api.ok("POST", `/actions/actions/${id}/deploy`);
    expect(await get(id)).toMatchObject({ all_changes_deployed: true });
    await api.ok("PATCH", `/actions/actions/${id}`, { code: "changed" });
    expect(await get(id)).toMatchObject({
      code: "changed",
      all_changes_deployed: false,
      deployed_version: { number: 1, code, deployed: true },
    });
  });

  it("goes back to an older version by a deploy of it", async () => {
    const id = await create();
    await api.ok("POST", `/actions/actions/${id}/deploy`);
    await api.ok("PATCH", `/actions/actions/${id}`, { code: "second" });
    await api.ok("POST", `/actions/actions/${id}/deploy`);
    const { versions, total } = await api.ok("GET", `/actions/actions/${id}/versions`);
    const [second, first] = versions as { id: string; number: number; deployed: boolean }[];
    expect([total, second?.number, second?.deployed, first?.deployed]).toEqual([2, 2, true, false]);
    const path = `/actions/actions/${id}/versions/${first?.id ?? ""}`;
    expect((await api.call("POST", `${path}/deploy`)).status).toBe(202);
    expect(await get(id)).toMatchObject({ deployed_version: { number: 3, code } });
  });

  it("keeps a secret that comes without a value and drops those that are not named", async () => {
    const id = await create({
      secrets: [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ],
    });
    const patched = await api.ok("PATCH", `/actions/actions/${id}`, {
      secrets: [{ name: "C", value: "3" }, { name: "B" }],
    });
    expect(patched["secrets"]).toMatchObject([{ name: "B" }, { name: "C" }]);
  });

  it.each([
    ["code over 100 kB", { code: "x".repeat(100_001) }],
    [
      "31 secrets",
      { secrets: Array.from({ length: 31 }, (_, i) => ({ name: `S${i}`, value: "v" })) },
    ],
    ["a secret's name of 129 characters", { secrets: [{ name: "n".repeat(129), value: "v" }] }],
    ["a secret's value of 4,097", { secrets: [{ name: "N", value: "v".repeat(4097) }] }],
    ["a secret without a value", { secrets: [{ name: "N" }] }],
    ["an unknown field", { colour: "red" }],
    ["an unknown runtime", { runtime: "node99" }],
    ["no trigger", { supported_triggers: [] }],
  ])("is refused with %s", async (_, more) => {
    const reply = await api.call("POST", "/actions/actions", { ...email, ...more });
    expect(reply).toMatchObject({ status: 400, body: { errorCode: "invalid_body" } });
    expect(JSON.stringify(reply.body)).not.toMatch(/v{20}/);
  });

  it.each(["custom-email-provider", "custom-phone-provider"])(
    "is the only one of its tenant for %s",
    async (trigger) => {
      const body = { ...email, supported_triggers: [{ id: trigger, version: "v1" }] };
      await api.ok("POST", "/actions/actions", body);
      expect(await api.call("POST", "/actions/actions", body)).toMatchObject({
        status: 403,
        body: {
          error: "Forbidden",
          errorCode: `actions_cardinality_${trigger.replaceAll("-", "_")}_not_allowed`,
        },
      });
    },
  );

  it("is not deleted while it is bound", async () => {
    const id = await deployed(api, "custom-email-provider", code);
    expect(await api.call("DELETE", `/actions/actions/${id}`)).toMatchObject({
      status: 409,
      body: { message: "Unable to delete an action bound to a trigger." },
    });
    await api.ok("PATCH", "/actions/triggers/custom-email-provider/bindings", { bindings: [] });
    expect((await api.call("DELETE", `/actions/actions/${id}`)).status).toBe(204);
    expect(await api.call("GET", `/actions/actions/${id}`)).toMatchObject({
      status: 404,
      body: { statusCode: 404, error: "Not Found", message: "That action does not exist." },
    });
  });

  it("is found by trigger, name and deployment", async () => {
    await deployed(api, "custom-email-provider", code);
    await create({ name: "login", supported_triggers: [{ id: "post-login" }] });
    const names = async (query: string): Promise<unknown> => {
      const { actions } = await api.ok("GET", `/actions/actions?${query}`);
      return (actions as { name: string }[]).map(({ name }) => name);
    };
    expect(await names("triggerId=post-login")).toEqual(["login"]);
    expect(await names("deployed=true")).toEqual(["Action of custom-email-provider"]);
    expect(await names("actionName=login&deployed=false")).toEqual(["login"]);
    const past = await api.ok("GET", "/actions/actions?page=1&per_page=2");
    expect(past).toEqual({ actions: [], page: 1, per_page: 2 });
  });
});

describe("bindings", () => {
  const path = "/actions/triggers/custom-email-provider/bindings";
  const bind = (id: string): unknown => ({
    bindings: [{ ref: { type: "action_id", value: id }, display_name: "mail" }],
  });

  it("refuse an Action that was never deployed", async () => {
    expect((await api.call("PATCH", path, bind(await create()))).status).toBe(400);
  });

  it("refuse an Action of another trigger", async () => {
    const id = await deployed(api, "post-login", code);
    expect((await api.call("PATCH", path, bind(id))).status).toBe(400);
  });

  it("get new ids when they are replaced", async () => {
    const id = await deployed(api, "custom-email-provider", code);
    const before = JSON.stringify(await api.ok("GET", path));
    const { bindings } = await api.ok("PATCH", path, bind(id));
    const [binding] = bindings as { id: string }[];
    expect(before).not.toContain(binding?.id);
  });

  it("have an empty page without a total past their end", async () => {
    await deployed(api, "custom-email-provider", code);
    expect(await api.ok("GET", `${path}?page=0&per_page=100`)).toMatchObject({ total: 1 });
    expect(await api.ok("GET", `${path}?page=1&per_page=100`)).toEqual({
      bindings: [],
      page: 1,
      per_page: 100,
    });
  });
});
