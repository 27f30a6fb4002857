// Makes the pictures of the README from what really runs: `npm run pictures`.
import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { marked } from "marked";
import type { Browser } from "playwright-core";
import { browserPath, launchBrowser, openPage } from "../browser.ts";
import { setStage } from "../otp/tenant/environment-run.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(project, "docs", "pictures");
const size = { width: 1100, height: 700 };

/** Starts `otp start` and gives the address of its page once codes have been delivered. */
async function started(): Promise<{ url: string; stop: () => void }> {
  const child = spawn(process.execPath, [join(project, "otp", "bin.js"), "start", "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = () => void child.kill("SIGINT");
  const url = await new Promise<string>((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => {
      reject(new Error(`expected otp start to name its page, got:\n${said}`));
    }, 120_000);
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const found = /The inbox shows what was sent: (\S+)/.exec(said)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    });
  });
  return { url, stop };
}

async function pictureOfInbox(browser: Browser): Promise<void> {
  const { url, stop } = await started();
  try {
    const page = await openPage(browser, { viewport: size, deviceScaleFactor: 2 });
    await page.goto(url);
    await page.getByText("Live", { exact: true }).waitFor();
    await page.screenshot({ path: join(folder, "inbox.png") });
  } finally {
    stop();
  }
}

/** What GitHub shows of a review, near enough for a picture. */
const style = `body { font: 15px/1.5 system-ui, sans-serif; margin: 28px; color: #1f2328; width: 1040px }
table { border-collapse: collapse; margin: 0 0 16px } th, td { border: 1px solid #d1d9e0; padding: 5px 12px; text-align: left }
code { background: #eff1f3; padding: 2px 5px; border-radius: 5px; font-size: 85% } pre { background: #f6f8fa; padding: 14px } pre code { padding: 0 }
h2, h3 { margin: 16px 0 8px } details { margin: 8px 0 }`;

const dot = (colour: string) => `<span style="color: ${colour}">●</span>`;
/** Signs that a machine without a font for emoji cannot draw. */
const dots: Readonly<Record<string, string>> = {
  "🔴": dot("#d1242f"),
  "🟡": dot("#d4a72c"),
  "🟢": dot("#1a7f37"),
  "⚪": dot("#8c959f"),
};

async function pictureOfReview(browser: Browser): Promise<void> {
  const stage = await setStage("production");
  try {
    const vendors = (...names: ("postmark" | "resend")[]) =>
      names.map((vendor) =>
        vendor === "postmark"
          ? { vendor, serverToken: { secret: "POSTMARK_TOKEN" } }
          : { vendor, apiKey: { secret: "RESEND_KEY" } },
      );
    const secrets = { POSTMARK_TOKEN: "one", RESEND_KEY: "two" };
    const write = (address: string, names: ("postmark" | "resend")[]) =>
      stage.write(({ phone: _, ...input }) => ({
        ...input,
        email: { ...input.email, from: { address, name: "Example" }, vendors: vendors(...names) },
      }));
    await write("login@example.com", ["postmark"]);
    const deployed = await stage.otp(["deploy", stage.file, "--yes"], secrets);
    if (deployed.code !== 0) throw new Error(deployed.stderr + deployed.stdout);
    await write("codes@example.com", ["resend", "postmark"]);
    const plans = join(stage.folder, "plans");
    const planned = await stage.otp(["plan", stage.file, "--out", plans], secrets);
    if (planned.code !== 0) throw new Error(planned.stderr + planned.stdout);
    const { stdout } = await stage.otp(["review", join(plans, "production")], secrets);
    // Mermaid draws in GitHub, not here.
    const text = stdout.replace(/^```mermaid\n[^]*?\n```$/gm, "");
    const html = (await marked.parse(text)).replace(/[🔴🟡🟢⚪]/gu, (sign) => dots[sign] ?? sign);
    const page = await openPage(browser, { viewport: size, deviceScaleFactor: 2 });
    await page.setContent(`<style>${style}</style>${html}`);
    await page.screenshot({ path: join(folder, "review.png") });
  } finally {
    await stage.stop();
  }
}

const path = browserPath();
if (path === undefined) throw new Error("expected Chromium, got none: set CHROMIUM_PATH");
await mkdir(folder, { recursive: true });
const browser = await launchBrowser(path);
try {
  await pictureOfInbox(browser);
  await pictureOfReview(browser);
} finally {
  await browser.close();
}
