import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { lockedPlatforms } from "../../../otp/terraform/make-lock.ts";
import { plainEnv } from "../../../otp/terraform/child-env.ts";
import { run } from "../../../otp/terraform/run.ts";
import { otp } from "./otp.ts";

let folder: string;
let mirror: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "otp-lock-test-"));
  mirror = join(folder, "mirror");
  // Packages made up for this test, unpacked: Terraform hashes them, and starts none of them.
  for (const platform of lockedPlatforms) {
    const place = join(mirror, "registry.terraform.io", "auth0", "auth0", "1.54.0", platform);
    await mkdir(place, { recursive: true });
    await writeFile(join(place, "terraform-provider-auth0_v1.54.0"), `made up for ${platform}`);
  }
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

it("locks one version of the provider with a hash for each platform", async () => {
  const locked = await otp(["lock", "--mirror", mirror], { folder });
  expect(locked.code, locked.stderr).toBe(0);
  expect(locked.stdout).toContain("registry.terraform.io/auth0/auth0 1.54.0 for linux_amd64");
  const text = await readFile(join(folder, ".terraform.lock.hcl"), "utf8");
  expect(text).toContain('version     = "1.54.0"');
  expect(text.match(/"h1:/g)).toHaveLength(lockedPlatforms.length);
});

it("has Terraform refuse a provider that was swapped after it was locked", async () => {
  const required = { auth0: { source: "auth0/auth0", version: "~> 1.54" } };
  const stack = { terraform: { required_providers: required } };
  await writeFile(join(folder, "main.tf.json"), JSON.stringify(stack));
  const init = () =>
    run("terraform", ["init", `-plugin-dir=${mirror}`, "-lockfile=readonly", "-no-color"], {
      folder,
      environment: plainEnv(process.env),
      limitMs: 60_000,
    });
  const fine = await init();
  expect(fine.code, fine.stderr).toBe(0);
  await rm(join(folder, ".terraform"), { recursive: true });
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  const place = join(mirror, "registry.terraform.io", "auth0", "auth0", "1.54.0", platform);
  await writeFile(join(place, "terraform-provider-auth0_v1.54.0"), "swapped");
  const refused = await init();
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/checksums/);
});
