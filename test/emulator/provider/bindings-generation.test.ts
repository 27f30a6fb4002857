import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { startProvider } from "../../../emulator/provider/index.ts";
import { run } from "../terraform.ts";

const cdktf = fileURLToPath(
  new URL("../../../node_modules/cdktf-cli/bundle/bin/cdktf.js", import.meta.url),
);

it("cdktf generates its classes from the stand-in alone, without a registry", async () => {
  const provider = await startProvider({ environment: {} });
  const folder = await mkdtemp(join(tmpdir(), "cdktf-get-"));
  try {
    await writeFile(join(folder, "terraform.rc"), "");
    await writeFile(
      join(folder, "cdktf.json"),
      JSON.stringify({
        language: "typescript",
        app: "true",
        projectId: "test",
        sendCrashReports: "false",
        terraformProviders: ["auth0/auth0"],
      }),
    );
    const { code, output } = await run(process.execPath, [cdktf, "get"], {
      folder,
      environment: { TF_REATTACH_PROVIDERS: provider.reattach, CI: "1" },
    });
    expect({ code, output }).toMatchObject({ code: 0 });
    const generated = await readFile(join(folder, ".gen/providers/auth0/action/index.ts"), "utf8");
    expect(generated).toContain("export class Action extends cdktf.TerraformResource");
    expect(generated).toContain("readonly secretsWoVersion?: number;");
  } finally {
    await provider.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
