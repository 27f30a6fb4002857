import { chmod, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../../otp/terraform/run.ts";
import { browserPath, launchBrowser, openPage, withoutBrowser } from "../../browser.ts";
import { otp } from "./otp.ts";

let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "otp-start-"));
});

afterAll(async () => {
  await rm(scratch, { recursive: true, force: true });
});

let folders = 0;

/** An environment whose temporary files lie in a folder of their own, to see what is left there. */
async function apart(): Promise<{ folder: string; environment: NodeJS.ProcessEnv }> {
  const folder = await mkdtemp(join(scratch, `${String(folders++)}-`));
  return { folder, environment: { ...process.env, TMPDIR: folder, NO_COLOR: "1" } };
}

/** What is left in a folder for temporary files; tsx keeps what it has compiled there. */
async function left(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !name.startsWith("tsx-"));
}

/** Processes that have a folder in their arguments or environment: what a run left behind. */
async function processesOf(folder: string): Promise<string> {
  const { stdout } = await run("ps", ["axeww", "-o", "pid,args"], {
    environment: process.env,
    limitMs: 10_000,
  });
  return stdout
    .split("\n")
    .filter((line) => line.includes(folder) && !line.includes("ps axeww"))
    .join("\n");
}

describe("otp start", () => {
  it("deploys, logs in by e-mail and SMS, and leaves nothing behind with --once", async () => {
    const { folder, environment } = await apart();
    const { code, stdout, stderr } = await otp(["start", "--once", "--port", "0"], { environment });
    expect(code, stdout + stderr).toBe(0);
    const steps = stdout
      .trim()
      .split("\n")
      .map((line) => line.replace(/\(.*/, "").trim());
    expect(steps).toEqual([
      "✓ Auth0 and an inbox on this machine",
      "✓ handlers bundled into dist/local",
      "✓ cdktf deploy local",
      "✓ login of jo@example.org by email",
      expect.stringMatching(/^code delivered in [\d.]+ s, tokens after [\d.]+ s$/),
      "✓ login of +15005550006 by sms",
      expect.stringMatching(/^code delivered in [\d.]+ s, tokens after [\d.]+ s$/),
    ]);
    // A code has six digits in a row; nothing that is printed may look like one.
    expect(stdout.replace("+15005550006", "")).not.toMatch(/\b\d{6}\b/);
    expect(stdout).not.toContain("\u001B");
    expect(await left(folder)).toEqual([]);
    expect(await processesOf(folder)).toBe("");
  });

  const chromium = browserPath();
  it.skipIf(chromium === undefined)(
    chromium === undefined
      ? withoutBrowser
      : "stays up, and its page delivers another code in Chromium",
    async () => {
      const { folder, environment } = await apart();
      const stop = new AbortController();
      const said: string[] = [];
      const ended = otp(["start", "--port", "0"], {
        environment,
        signal: stop.signal,
        onLine: (line) => said.push(line),
      });
      const inbox = async () => {
        for (;;) {
          const url = /inbox shows what was sent: (\S+)/.exec(said.join("\n"))?.[1];
          if (url !== undefined) return url;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      };
      const url = await Promise.race([
        inbox(),
        ended.then(() => Promise.reject(new Error(said.join("\n")))),
      ]);
      const browser = await launchBrowser(chromium ?? "");
      try {
        const page = await openPage(browser);
        await page.goto(url);
        await page.getByText("jo@example.org").first().waitFor();
        await page
          .getByLabel(/recipient|address|to/i)
          .first()
          .fill("ada@example.org");
        await page.getByRole("button", { name: /code/i }).first().click();
        await page.getByText("ada@example.org").first().waitFor();
      } finally {
        await browser.close();
        stop.abort();
      }
      const { code, stdout, stderr } = await ended;
      expect(code, stdout + stderr).toBe(0);
      expect(await left(folder)).toEqual([]);
      expect(await processesOf(folder)).toBe("");
    },
  );

  it.each([
    ["while servers start", /^/, 0],
    ["while cdktf deploys", /handlers bundled/, 1_500],
  ])("ends everything when it is interrupted %s", async (_name, line, waitMs) => {
    const { folder, environment } = await apart();
    const stop = new AbortController();
    const ended = otp(["start", "--once", "--port", "0"], {
      environment,
      signal: stop.signal,
      onLine: (said) => {
        if (line.test(said))
          setTimeout(() => {
            stop.abort();
          }, waitMs);
      },
    });
    const { code, stderr } = await ended;
    expect(code, stderr).toBe(130);
    expect(stderr.trim().split("\n").at(-1)).toMatch(/^interrupted; everything that was started/);
    expect(await left(folder)).toEqual([]);
    expect(await processesOf(folder)).toBe("");
  });

  it("says in one line that its port is taken", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const { environment } = await apart();
    const { code, stderr } = await otp(["start", "--once", "--port", String(port)], {
      environment,
    });
    server.close();
    expect(code).toBe(1);
    expect(stderr.trim()).toMatch(new RegExp(`^[^\n]*${String(port)}[^\n]*$`));
  });

  it.each([["65536"], ["x"], ["-1"]])("refuses --port %s", async (port) => {
    const { code, stderr } = await otp(["start", `--port=${port}`]);
    expect(code).toBe(1);
    expect(stderr.trim()).toBe(`otp start: expected a port from 0 to 65534, got: --port ${port}`);
  });

  it.each([
    ["is missing", undefined, "got: none"],
    ["is too old", '{"terraform_version":"1.10.5"}', "got: 1.10.5"],
    ["says nothing", "", "got: no version"],
  ])("says in one line that Terraform %s", async (_name, answer, got) => {
    const { folder, environment } = await apart();
    const bin = join(folder, "bin");
    const terraform = join(folder, "terraform");
    if (answer !== undefined) {
      await writeFile(terraform, `#!/bin/sh\necho '${answer}'\n`);
      await chmod(terraform, 0o755);
    }
    const { code, stderr } = await otp(["start", "--once", "--port", "0"], {
      environment: {
        ...environment,
        TERRAFORM_BINARY_NAME: "",
        PATH: [folder, bin].join(delimiter),
      },
    });
    expect(code).toBe(1);
    expect(stderr.trim()).toMatch(
      /^expected Terraform 1\.11 or newer on PATH, got: .+; install it/,
    );
    expect(stderr).toContain(got);
  });
});

describe("otp", () => {
  it("names the commands, and says which was probably meant", async () => {
    const { stderr, code } = await otp(["biuld"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^expected a command \(.*build.*\), got: biuld; did you mean build\?\n$/,
    );
    const { stdout } = await otp(["--help"]);
    expect(stdout).toContain("start");
    expect(stdout).not.toContain("\u001B");
  });

  it("builds the two files of an environment and prints their sizes", async () => {
    const { folder } = await apart();
    const { stdout, code } = await otp(["build", "production", "--out", folder]);
    expect(code).toBe(0);
    expect((await readdir(folder)).sort()).toEqual([
      "custom-email-provider.js",
      "custom-phone-provider.js",
    ]);
    expect(stdout.trim().split("\n")).toEqual([
      expect.stringMatching(/custom-email-provider\.js {2}\d+\.\d kB$/),
      expect.stringMatching(/custom-phone-provider\.js {2}\d+\.\d kB$/),
    ]);
  });
});
