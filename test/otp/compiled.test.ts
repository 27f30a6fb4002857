import { cp, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { project } from "../../otp/terraform/child-env.ts";
import type { RunResult } from "../../otp/terraform/run.ts";
import { run } from "../../otp/terraform/run.ts";
import { adaptBinding } from "../../otp/terraform/bindings.ts";

let scratch: string;
let copies = 0;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "otp-compiled-test-"));
});

afterAll(async () => {
  await rm(scratch, { recursive: true, force: true });
});

const sources = ["actions", "bundle", "config", "emulator", "environments", "otp", "stacks"];

/** A checkout of its own, without anything compiled. */
async function checkout(): Promise<string> {
  const folder = join(scratch, String(copies++));
  await mkdir(folder);
  for (const name of [...sources, "package.json", "main.ts"])
    await cp(join(project, name), join(folder, name), { recursive: true });
  await symlink(join(project, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** Runs a checkout's `otp`; nothing is written to the home of whoever runs the tests. */
function otpOf(folder: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) {
  return run(process.execPath, [join(folder, "otp", "bin.js"), ...args], {
    folder,
    environment: { ...process.env, XDG_CACHE_HOME: join(folder, "cache"), ...more },
    limitMs: 120_000,
  });
}

const outcome = ({ code, stdout, stderr }: RunResult) => ({ code, stdout, stderr });

describe("the compiled command line", () => {
  it("is compiled once by several that start at the same time, whole for each", async () => {
    const folder = await checkout();
    const starts = await Promise.all(
      [1, 2, 3].map(() => otpOf(folder, ["environments", "local", "--json"])),
    );
    for (const start of starts) {
      expect(start.code, start.stderr).toBe(0);
      expect(start.stdout).toContain('"name": "local"');
    }
    expect(await readdir(join(folder, "dist", ".compiled"))).toHaveLength(1);
  });

  it("is compiled again when a source has changed, and only then", async () => {
    const folder = await checkout();
    const kept = join(folder, "dist", ".compiled");
    await otpOf(folder, ["build", "local"]);
    await otpOf(folder, ["build", "local"]);
    const before = await readdir(kept);
    expect(before).toHaveLength(1);
    const source = join(folder, "otp", "commands", "build.ts");
    await cp(join(project, "otp", "commands", "environments.ts"), source);
    await writeFile(
      source,
      'import { UserError } from "../../config/user-error.ts";\nthrow new UserError("the new source");\nexport const build = undefined;\n',
    );
    const { code, stderr } = await otpOf(folder, ["build", "local"]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "the new source\n" });
    expect(await readdir(kept)).toHaveLength(2);
  });

  it("notices a source that is replaced by an older one", async () => {
    const folder = await checkout();
    await otpOf(folder, ["--help"]);
    const source = join(folder, "otp", "steps.ts");
    await utimes(source, new Date(0), new Date(0));
    await otpOf(folder, ["--help"]);
    expect(await readdir(join(folder, "dist", ".compiled"))).toHaveLength(2);
  });

  it("goes to the user's cache, and says so once, if dist cannot be written", async () => {
    const folder = await checkout();
    // A file, since root may write to every folder.
    await writeFile(join(folder, "dist"), "");
    const first = await otpOf(folder, ["environments", "local"]);
    expect(first.code, first.stderr).toBe(0);
    expect(first.stderr).toMatch(/^otp: .*dist.*; compiled into .*cache.*\n$/);
    const second = await otpOf(folder, ["environments", "local"]);
    expect(outcome(second)).toEqual({ code: 0, stdout: first.stdout, stderr: "" });
  });

  it("compiles for one run, and leaves nothing, if it can be kept nowhere", async () => {
    const folder = await checkout();
    const temporary = join(folder, "tmp");
    await mkdir(temporary);
    await writeFile(join(folder, "dist"), "");
    await writeFile(join(folder, "cache"), "");
    const only = await otpOf(folder, ["environments", "local"], { TMPDIR: temporary });
    expect(only.code, only.stderr).toBe(0);
    expect(only.stderr).toMatch(/; compiled for this run alone\n$/);
    expect(await readdir(temporary)).toEqual([]);
  });

  it("says in one line where a source does not compile", async () => {
    const folder = await checkout();
    await writeFile(join(folder, "otp", "steps.ts"), "export const = 1;\n");
    const { code, stderr } = await otpOf(folder, ["--help"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^otp: [^\n]*otp\/steps\.ts:1:[^\n]*\n$/);
  });
});

describe("the bindings of the provider", () => {
  it("ask for the range of cdktf.json, not for the version that the registry had", () => {
    const made = [
      "      terraformGeneratorMetadata: {",
      "        providerName: 'auth0',",
      "        providerVersion: '1.54.1',",
      "        providerVersionConstraint: '~> 1.54'",
      "      },",
    ];
    expect(adaptBinding(made.join("\n")).split("\n")).toEqual([
      "// @ts-nocheck",
      ...made.filter((line) => !line.includes("1.54.1")),
    ]);
  });
});
