import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canonicalPlan, planDigest } from "../../../otp/terraform/plan-digest.ts";
import { openPlan } from "../../../otp/terraform/plan-artifact.ts";
import { readStack } from "../../../otp/terraform/stack-sources.ts";

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "otp-facts-"));
});
afterAll(async () => {
  await rm(scratch, { recursive: true, force: true });
});

const plan = { terraform_version: "1.11.4", resource_changes: [] };

/** A kept plan in a folder of its own. */
async function kept(name: string): Promise<string> {
  const folder = join(scratch, name);
  await mkdir(join(folder, "assets", "email"), { recursive: true });
  await writeFile(join(folder, "assets", "email", "handler.js"), "code");
  await writeFile(join(folder, "cdk.tf.json"), JSON.stringify({ resource: {} }));
  await writeFile(join(folder, "plan.json"), JSON.stringify(plan));
  const named = { environment: "shop", domain: "shop.eu.auth0.com" };
  const stack = await readStack(folder);
  const digest = planDigest(canonicalPlan({ ...named, plan, ...stack, providers: {} }));
  const facts = { ...named, terraform: "1.11.4", madeAt: "2026-11-23T10:00:00.000Z" };
  await writeFile(
    join(folder, "plan.meta.json"),
    JSON.stringify({ ...facts, changes: true, digest }),
  );
  return folder;
}

describe("a kept plan", () => {
  it("is read by its folder, by a file in it, and from another folder", async () => {
    const folder = await kept("whole");
    const { facts } = await openPlan(folder);
    expect(facts).toMatchObject({ environment: "shop", changes: true });
    expect((await openPlan(join(folder, "plan.json"))).facts).toEqual(facts);
    const moved = join(scratch, "moved");
    await cp(folder, moved, { recursive: true });
    expect((await openPlan(moved)).facts).toEqual(facts);
  });

  it.each(["plan.json", "plan.meta.json", "cdk.tf.json"])(
    "without its %s is refused",
    async (name) => {
      const folder = await kept(`without-${name}`);
      await rm(join(folder, name));
      await expect(openPlan(folder)).rejects.toThrow(`got: no ${name} in it; make the plan anew`);
    },
  );

  it.each([
    { name: "plan.meta.json", text: '{"environ' },
    { name: "plan.meta.json", text: "{}" },
    { name: "plan.json", text: "[" },
    { name: "cdk.tf.json", text: "" },
  ])("with a broken $name is refused ($text)", async ({ name, text }) => {
    const folder = await kept(`broken-${name}-${String(text.length)}`);
    await writeFile(join(folder, name), text);
    await expect(openPlan(folder)).rejects.toThrow(`got: a ${name} that is broken`);
  });

  it.each([
    { name: "plan.json", text: JSON.stringify({ ...plan, errored: true }) },
    { name: "cdk.tf.json", text: '{"resource":{"terraform_data":{"x":{}}}}' },
    { name: join("assets", "email", "handler.js"), text: "other" },
    { name: join("assets", "email", "more.js"), text: "" },
    { name: "terraform.lock.hcl", text: 'provider "a/b/c" {\n  version = "1.0.0"\n}\n' },
  ])("whose $name was changed after it was made is refused", async ({ name, text }) => {
    const folder = await kept(`changed-${name.replaceAll(/\W/g, "-")}`);
    await writeFile(join(folder, name), text);
    await expect(openPlan(folder)).rejects.toThrow("they were changed after the plan was made");
  });
});

describe("a synthesised stack", () => {
  it("is the same wherever the checkout and its local state lie", async () => {
    const folder = await kept("local");
    const stack = {
      terraform: { backend: { local: { path: join(process.cwd(), "state", "x") } } },
    };
    await writeFile(join(folder, "cdk.tf.json"), JSON.stringify(stack));
    expect(await readStack(folder)).toMatchObject({
      stack: { terraform: { backend: { local: { path: join("state", "x") } } } },
    });
  });
});
