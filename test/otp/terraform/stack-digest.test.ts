import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPlan } from "../../../otp/terraform/plan-artifact.ts";
import { stackFacts } from "../../../otp/terraform/stack-digest.ts";

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "otp-facts-"));
});
afterAll(async () => {
  await rm(scratch, { recursive: true, force: true });
});

interface Stack {
  readonly backend?: object;
  readonly version?: number;
  readonly code?: string;
  readonly from?: string;
  readonly written?: string;
}

let made = 0;
/** Facts of a stack in a folder of its own. */
async function factsOf({
  backend = { local: { path: "/a/state" } },
  version = 7,
  code = "code",
  from = "login@example.com",
  written = "2026",
}: Stack = {}) {
  const folder = join(scratch, String((made += 1)));
  await mkdir(join(folder, "assets", "email"), { recursive: true });
  await writeFile(join(folder, "assets", "email", "handler.js"), code);
  const stack = {
    "//": { metadata: { written } },
    terraform: { backend },
    resource: {
      auth0_action: { email: { secrets_wo_version: version }, phone: { name: "without secrets" } },
      auth0_email_provider: { email: { default_from_address: from } },
    },
  };
  await writeFile(join(folder, "cdk.tf.json"), JSON.stringify(stack));
  return stackFacts(folder);
}

describe("what a synthesised stack is told apart by", () => {
  it("is the same wherever it lies, whenever it was made", async () => {
    const facts = await factsOf();
    expect(facts.secrets).toEqual({ email: 7 });
    expect(await factsOf({ written: "2027", backend: { local: { path: "/b/state" } } })).toEqual(
      facts,
    );
  });

  it.each<{ title: string; change: Stack }>([
    { title: "code", change: { code: "code " } },
    { title: "declaration", change: { from: "other@example.com" } },
    { title: "fingerprint of secrets", change: { version: 8 } },
    { title: "backend", change: { backend: { s3: { bucket: "b" } } } },
  ])("differs with its $title", async ({ change }) => {
    expect((await factsOf(change)).digest).not.toBe((await factsOf()).digest);
  });
});

describe("a kept plan", () => {
  const facts = {
    environment: "shop",
    domain: "shop.eu.auth0.com",
    terraform: "1.11.4",
    madeAt: "2026-11-23T10:00:00.000Z",
    changes: true,
    secrets: { email: 7 },
    digest: "d",
  };

  it("is opened by its folder, or by the plan file in it", async () => {
    const folder = join(scratch, "whole");
    await mkdir(folder);
    await writeFile(join(folder, "cdk.tf.json"), "{}");
    await writeFile(join(folder, "plan"), "");
    await writeFile(join(folder, "plan.meta.json"), JSON.stringify(facts));
    expect(await openPlan(folder)).toEqual({ folder, facts });
    expect(await openPlan(join(folder, "plan"))).toEqual({ folder, facts });
  });

  it.each([
    {
      title: "without the stack",
      files: { plan: "", "plan.meta.json": "{}" },
      words: "no cdk.tf.json in it",
    },
    {
      title: "with truncated facts",
      files: { plan: "", "plan.meta.json": '{"environ', "cdk.tf.json": "{}" },
      words: "a plan.meta.json that is broken",
    },
    {
      title: "with other facts",
      files: { plan: "", "plan.meta.json": "{}", "cdk.tf.json": "{}" },
      words: "a plan.meta.json that is broken",
    },
  ])("$title is refused", async ({ title, files, words }) => {
    const folder = join(scratch, title);
    await mkdir(folder);
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    await expect(openPlan(folder)).rejects.toThrow(`got: ${words}; make the plan anew`);
  });
});
