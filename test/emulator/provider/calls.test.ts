import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asBlocks, asText } from "../../../emulator/provider/protocol/value.ts";
import type { ObjectValue } from "../../../emulator/provider/protocol/value.ts";
import { delivery } from "./configuration.ts";
import type { Choices } from "./configuration.ts";
import { setUp, succeed } from "./setup.ts";
import type { Setup } from "./setup.ts";

interface Call {
  readonly method: string;
  /** With the query; ids are names in braces. */
  readonly path: string;
  readonly body?: unknown;
}

interface Step {
  readonly step: string;
  readonly what: string;
  readonly calls: readonly Call[];
}

const recorded = JSON.parse(
  readFileSync(new URL("../../fixtures/provider/calls.json", import.meta.url), "utf8"),
) as readonly Step[];

/** What each recorded step configures and which command it runs. */
const code =
  "exports.onExecuteCustomEmailProvider = async (event, api) => { api.notification.drop(1) };";
const rotated: Choices = { emailCode: code, secretsVersion: 8 };
const moved: Choices = { ...rotated, sender: "hello@example.com", methods: ["text", "voice"] };
const actions: Readonly<Record<string, readonly ["apply" | "plan" | "destroy", Choices]>> = {
  "1-create": ["apply", {}],
  "2-plan-again": ["plan", {}],
  "3-change-code": ["apply", { emailCode: code }],
  "4-rotate": ["apply", rotated],
  "5-add-secret": ["apply", { ...rotated, secrets: ["API_KEY", "SECOND_KEY"] }],
  "6-remove-secret": ["apply", rotated],
  "7-sender-and-methods": ["apply", moved],
  "8-destroy": ["destroy", moved],
};

/** Terraform is free in the order of resources; within one resource the order must be the same. */
function byResource(calls: readonly Call[]): Record<string, Call[]> {
  const resourceOf = ({ path, body }: Call): string => {
    const name = (body as { name?: string } | undefined)?.name;
    const [plain = ""] = path.split("?");
    if (plain === "/api/v2/actions/actions") return `${plain}/{${name ?? ""}}`;
    return plain.replace(/\/deploy$/, "").replace(/providers\/.*/, "providers");
  };
  const groups: Record<string, Call[]> = {};
  for (const call of calls) (groups[resourceOf(call)] ??= []).push(call);
  return groups;
}

/** The tenant records secrets without their values. */
function withoutValues(call: Call): Call {
  return JSON.parse(
    JSON.stringify(call, (name, value: unknown) =>
      name === "value" && typeof value === "string" && !value.startsWith("{")
        ? "(redacted)"
        : value,
    ),
  ) as Call;
}

describe("the calls of the Management API equal those of the real provider", () => {
  let setup: Setup;
  const names = new Map<string, string>();

  beforeAll(async () => {
    setup = await setUp();
    await setup.workspace.configure(delivery());
    await succeed(setup.workspace.terraform("init"));
  });
  afterAll(() => setup.stop());

  async function learnNames(): Promise<void> {
    const list = await setup.byHand.get("/actions/actions");
    const phones = await setup.byHand.get("/branding/phone/providers");
    const learn = ({ id }: ObjectValue, name: string) => names.set(asText(id) ?? "", `{${name}}`);
    for (const action of asBlocks(list["actions"])) learn(action, asText(action["name"]) ?? "");
    for (const phone of asBlocks(phones["providers"])) learn(phone, "phone-provider");
  }

  function seenSince(first: number, last: number): Call[] {
    return setup.tenant.requests
      .slice(first, last)
      .filter(({ path }) => path !== "/oauth/token")
      .map(({ method, path, query, body }) => {
        const search = new URLSearchParams(query).toString();
        const call = {
          method,
          path: search === "" ? path : `${path}?${search}`,
          ...(body === undefined || body === null ? {} : { body }),
        };
        const named = [...names].reduce(
          (text, [id, name]) => text.replaceAll(id, name),
          JSON.stringify(call),
        );
        return withoutValues(JSON.parse(named) as Call);
      });
  }

  it.each(recorded)("$step: $what", async ({ step, calls }) => {
    const [command, choices] = actions[step] ?? ["plan", {}];
    await setup.workspace.configure(delivery(choices));
    const first = setup.tenant.requests.length;
    await succeed(setup.workspace.terraform(command));
    const last = setup.tenant.requests.length;
    if (step === "1-create") await learnNames();
    expect(byResource(seenSince(first, last))).toEqual(byResource(calls.map(withoutValues)));
  });
});
