import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { loadEnvironmentFile } from "../../config/load.ts";
import { variablesRead } from "../../config/variables-read.ts";
import { good } from "./environments.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "otp-evaluate-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let count = 0;
async function load(text: string) {
  const path = join(folder, `file-${String(count++)}.ts`);
  await writeFile(path, text);
  return loadEnvironmentFile(path);
}

const json = JSON.stringify(good);

describe("an environment file", () => {
  it.each<[string, string, RegExp]>([
    [
      "does not compile",
      'export default {\n  name: "a" "b"\n};',
      /file-\d+\.ts:2:13: does not compile: Expected "}" but found "\\"b\\""\n {2}name: "a" "b"$/,
    ],
    [
      "imports what is not there",
      'import "./missing.ts";\nexport default {};',
      /:1:8: does not compile: Could not resolve "\.\/missing\.ts"/,
    ],
    [
      "throws",
      'const a = 1;\nthrow new Error("no luck");',
      /:2:\d+: fails while it runs: no luck$/,
    ],
    ["ends the process", "process.exit(0);", /ends the process \(exit code 0\)/],
    ["ends the process with an error", "process.exit(3);", /ends the process \(exit code 3\)/],
    [
      "exports a function",
      "export default () => ({});",
      /default export, got: a function; export what it returns/,
    ],
    ["exports a list", "export default [];", /got: a list; write a file for each environment/],
    ["exports a text", 'export default "production";', /got: a string/],
    ["exports null", "export default null;", /got: null/],
    ["exports nothing", "export const a = 1;", /got: nothing/],
  ])("that %s is answered in its own name", async (_what, text, expected) => {
    const failure = await load(text).catch((error: unknown) => error);
    expect((failure as Error).name).toBe("UserError");
    expect((failure as Error).message).toMatch(/file-\d+\.ts/);
    expect((failure as Error).message).toMatch(expected);
  });

  it("may print, but not into a command's output", async () => {
    const out = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const err = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    try {
      await load(`process.stdout.write("from the file");\nexport default ${json};`);
      expect(out).not.toHaveBeenCalled();
      expect(err.mock.calls.flat()).toContain("from the file");
    } finally {
      vi.restoreAllMocks();
    }
  });

  it.each<[string, string, string | undefined]>([
    ["a literal", '"a.example.com"', undefined],
    ["a variable", 'variable("SHOP_TENANT", "a.example.com")', "SHOP_TENANT"],
    ["a part of a variable", '`${variable("SHOP_TENANT", "a")}.example.com`', "SHOP_TENANT"],
    ["process.env", 'process.env.SHOP_TENANT ?? "a.example.com"', "SHOP_TENANT"],
    ["a condition", 'process.env.SHOP_TENANT ? "b.example.com" : "a.example.com"', "SHOP_TENANT"],
    [
      "a variable that is read for something else",
      '(variable("SHOP_TENANT"), "a.example.com")',
      undefined,
    ],
  ])("says that its domain comes from %s", async (_what, domain, expected) => {
    const text = `import { variable } from "auth0-otp-delivery";
      export default { ...${json}, domain: ${domain} };`;
    const environment = await load(text);
    expect(environment.domainFromVariable).toBe(expected);
    expect([...variablesRead().values()]).not.toContain("changed.example.com");
  });
});
