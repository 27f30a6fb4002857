import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkEnvironment } from "../../config/load.ts";
import { importsFile, readImports } from "../../stacks/imports.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "otp-imports-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const environment = () =>
  checkEnvironment(
    {
      name: "eu",
      domain: "eu.example.com",
      backend: { type: "local" },
      email: {
        from: { address: "login@example.com" },
        vendors: [{ vendor: "postmark", serverToken: { secret: "POSTMARK_TOKEN" } }],
      },
    },
    join(folder, "some-file.ts"),
  );
const write = (value: unknown) =>
  writeFile(importsFile(environment()), typeof value === "string" ? value : JSON.stringify(value));

describe("the import blocks of an environment", () => {
  it("lie beside its file, and are none where there is no such file", async () => {
    expect(importsFile(environment())).toBe(join(folder, "eu.imports.json"));
    expect(await readImports(environment())).toEqual([]);
  });

  it("are left out for channels that the environment does not have", async () => {
    const email = { to: "auth0_action.email", id: "1" };
    await write({ imports: [email, { to: "auth0_action.phone", id: "2" }] });
    expect(await readImports(environment())).toEqual([email]);
  });

  it.each([
    ["no JSON", "{"],
    ["another form", { imports: { "auth0_action.email": "1" } }],
    [
      "an id that Terraform would evaluate",
      { imports: [{ to: "auth0_action.email", id: "${x}" }] },
    ],
  ])("are refused for %s", async (_, value) => {
    await write(value);
    await expect(readImports(environment())).rejects.toThrow(
      /eu\.imports\.json: expected the imports that otp adopt wrote.*run otp adopt eu again/,
    );
  });
});
