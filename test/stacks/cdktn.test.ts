import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../otp/terraform/run.ts";
import { project } from "../../otp/terraform/child-env.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "otp-cdktn-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** The stack `local` as one of the two libraries synthesises it. */
async function synthesised(name: string, options: readonly string[]): Promise<unknown> {
  const output = join(folder, name);
  const { code, stderr } = await run(process.execPath, ["--import", "tsx", ...options, "main.ts"], {
    folder: project,
    environment: {
      ...process.env,
      OTP_ENVIRONMENTS: "local",
      INBOX_API_KEY: "key",
      CDKTF_OUTDIR: output,
    },
    limitMs: 60_000,
  });
  expect(code, stderr).toBe(0);
  const text = await readFile(join(output, "stacks", "local", "cdk.tf.json"), "utf8");
  return JSON.parse(text);
}

describe("CDK Terrain, which carries CDKTF on", () => {
  it("synthesises the same stacks but for the version in their metadata", async () => {
    // Every import of `cdktf`, those of `.gen` included, leads to `cdktn`.
    const hook = join(folder, "hook.mjs");
    const target = import.meta.resolve("cdktn");
    await writeFile(
      hook,
      `import { registerHooks } from "node:module";
      registerHooks({ resolve: (specifier, context, next) =>
        specifier === "cdktf" ? next(${JSON.stringify(target)}, context) : next(specifier, context) });`,
    );
    const withoutVersion = (stack: unknown) => {
      const { "//": about, ...rest } = stack as {
        "//": { metadata: { version: string } };
      };
      return { version: about.metadata.version, rest };
    };
    const cdktf = withoutVersion(await synthesised("cdktf", []));
    const cdktn = withoutVersion(await synthesised("cdktn", ["--import", hook]));
    expect(cdktn.rest).toEqual(cdktf.rest);
    expect(cdktf.version).toBe("0.21.0");
    // Proof that it was the other library.
    expect(cdktn.version).toBe("0.24.0");
  });
});
