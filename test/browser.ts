import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

// A browser for tests speaks to nobody but the page under test. QUIC and the GPU are what fails
// first in containers.
const switches = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The name of the test that stands in for those that need a browser. */
export const withoutBrowser =
  "passes over the page, as there is no Chromium on this machine (CHROMIUM_PATH names one)";

/**
 * The path of the system's Chromium: `CHROMIUM_PATH`, or where packages put it.
 * @returns `undefined` where there is none; tests then pass over with {@link withoutBrowser}
 * @throws Error in CI, where there always is one, and when `CHROMIUM_PATH` names no file
 */
export function browserPath(): string | undefined {
  const named = process.env["CHROMIUM_PATH"];
  if (named !== undefined && named !== "") {
    if (existsSync(named)) return named;
    throw new Error("expected CHROMIUM_PATH to name Chromium's executable, got no such file");
  }
  const found = places.find((place) => existsSync(place));
  if (found === undefined && process.env["CI"]) {
    throw new Error(`expected Chromium in CI at one of: ${places.join(", ")}`);
  }
  return found;
}

/** Starts a headless Chromium, within 30 s; the caller closes it. */
export function launchBrowser(executablePath: string): Promise<Browser> {
  const root = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    headless: true,
    timeout: 30_000,
    // Chromium's sandbox refuses to run as root, which is who tests run as in containers.
    args: root ? [...switches, "--no-sandbox"] : switches,
  });
}

/**
 * A page in a context of its own that takes self-signed certificates; what it waits for is
 * bounded by 15 s.
 */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, ...options });
  context.setDefaultTimeout(15_000);
  return context.newPage();
}
