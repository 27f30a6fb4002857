import { createServer as createHttpServer } from "node:http";
import { connect, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import type { Browser, Page } from "playwright-core";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  onTestFinished,
} from "vitest";
import { browserPath, launchBrowser, openPage, withoutBrowser } from "../../browser.ts";
import type { Inbox } from "../../../emulator/inbox/index.ts";
import { email, post, runInbox, sms } from "./running.ts";

const executable = browserPath();

/** Stands for the tenant: what the form asks for arrives by the vendor's own route. */
async function request(to: string, channel: "email" | "sms"): Promise<void> {
  if (to === "+14155550199") throw new Error("the connection 'sms' is not enabled");
  const answer =
    channel === "email"
      ? await post(inbox, "/send-email", { ...email, to })
      : await post(inbox, "/messages", { ...sms, to });
  if (!answer.ok) throw new Error(`the vendor answered ${answer.status}`);
}

let browser: Browser;
let inbox: Inbox;
let page: Page;

if (executable === undefined) {
  it.skip(withoutBrowser);
} else {
  describe("the page in Chromium", () => {
    beforeAll(async () => {
      browser = await launchBrowser(executable);
    });
    afterAll(() => browser.close());
    beforeEach(async () => {
      inbox = await runInbox({ request: ({ to, channel }) => request(to, channel) });
      page = await openPage(browser);
      await page.goto(inbox.url);
      await page.getByText("Live", { exact: true }).waitFor();
    });
    afterEach(async () => {
      await page.context().close();
      await inbox.stop();
    });

    const cards = () => page.getByRole("article");

    it("says what to do while nothing has been delivered", async () => {
      await page.getByText("Nothing has been delivered yet").waitFor();
      await post(inbox, "/messages", sms);
      await page.getByText("Nothing has been delivered yet").waitFor({ state: "hidden" });
    });

    it("shows a code that the form requests, without a reload, newest first", async () => {
      await page.evaluate("window.neverReloaded = true");
      await page.getByLabel("E-mail address").fill("grace@example.com");
      await page.getByRole("button", { name: "Request a code" }).click();
      await cards().filter({ hasText: "grace@example.com" }).waitFor();
      await page.getByText("Requested.").waitFor();

      await page.getByRole("radio", { name: "SMS" }).check();
      await page.getByLabel("Phone number").fill("+1 415 555 0142");
      await page.keyboard.press("Enter");
      await cards().filter({ hasText: "+14155550142" }).waitFor();

      expect(await cards().count()).toBe(2);
      expect(await cards().first().innerText()).toContain("SMS");
      expect(await cards().first().getByLabel("Code", { exact: true }).innerText()).toBe("493817");
      expect(await page.evaluate("window.neverReloaded")).toBe(true);
      expect(await page.locator("#news").innerText()).toBe(
        "SMS with a code arrived for +14155550142",
      );
    });

    it.each([
      { radio: "E-mail", label: "E-mail address", to: "ada", words: "Expected an e-mail address" },
      { radio: "SMS", label: "Phone number", to: "0123", words: "Expected a phone number" },
      {
        radio: "SMS",
        label: "Phone number",
        to: "+14155550199",
        words: "The code could not be requested: the connection 'sms' is not enabled",
      },
    ])("says in words what is wrong with $to", async ({ radio, label, to, words }) => {
      await page.getByRole("radio", { name: radio }).check();
      await page.getByLabel(label).fill(to);
      await page.keyboard.press("Enter");
      await page.getByRole("alert").filter({ hasText: words }).waitFor();
      expect(await cards().count()).toBe(0);
    });

    it("copies a code", async () => {
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await post(inbox, "/messages", sms);
      await page.getByRole("button", { name: "Copy code 493817" }).click();
      await page.locator("#news").filter({ hasText: "Copied" }).waitFor();
      expect(await page.evaluate("navigator.clipboard.readText()")).toBe("493817");
    });

    it("shows hostile messages as inert text, and an HTML body in a frame that runs nothing", async () => {
      const reached: string[] = [];
      const attacker = createHttpServer(({ url }, answer) => {
        reached.push(url ?? "");
        answer.end();
      });
      onTestFinished(() => {
        attacker.close();
        attacker.closeAllConnections();
      });
      await new Promise<void>((resolve) => attacker.listen(0, "127.0.0.1", resolve));
      const home = `http://127.0.0.1:${(attacker.address() as AddressInfo).port}`;
      page.on("dialog", (dialog) => void reached.push(dialog.message()));
      const attack = `<img src="${home}/x" onerror="top.taken=1"><script>top.taken=1;alert(1)</script>`;
      await post(inbox, "/send-email", {
        to: `${attack}@example.com`,
        from: attack,
        subject: attack,
        text: attack,
        html: `<meta http-equiv="refresh" content="0;url=${home}/refresh">
          <link rel="stylesheet" href="${home}/css">
          <form action="${home}/form"><button>Win</button></form>
          <a href="${home}/link">Click</a><p style="color: rgb(1, 2, 3)">Hello</p>${attack}`,
      });
      await post(inbox, "/messages", { to: attack, from: attack, body: attack });
      await cards().nth(1).waitFor();
      const card = cards().nth(1);
      expect(await card.getByRole("heading").innerText()).toBe(attack);
      expect(await card.locator(".text").innerText()).toBe(attack);
      expect(await card.locator("img, script").count()).toBe(0);

      await card.getByText("Show as the recipient sees it").click();
      const frame = card.frameLocator("iframe");
      await frame.getByText("Hello").waitFor();
      const color = "getComputedStyle(document.querySelector('p')).color";
      expect(await page.frames()[1]?.evaluate(color)).toBe("rgb(1, 2, 3)");
      await frame.getByText("Win").click();
      await frame.getByText("Click").click();
      // A later delivery shows that the page still works, and gives an attack the time to run.
      await post(inbox, "/messages", sms);
      await cards().nth(2).waitFor();
      expect(await page.evaluate("window.taken")).toBeUndefined();
      expect(page.url()).toBe(`${inbox.url}/`);
      expect(reached).toEqual([]);
    });

    it("goes on after a lost connection, keeping what is open and adding what was missed", async () => {
      const link = await cuttable(Number(new URL(inbox.url).port));
      onTestFinished(link.cut);
      await page.goto(`https://localhost:${link.port}`);
      await post(inbox, "/send-email", email);
      await cards().getByText("Show as the recipient sees it").click();
      await link.cut();
      await page.getByText("Connection lost, trying again…").waitFor();
      await post(inbox, "/messages", { ...sms, body: "Missed: 314159" });
      await link.mend();
      await page.getByText("Live", { exact: true }).waitFor();
      await cards().first().getByText("Missed").waitFor();
      expect(await cards().count()).toBe(2);
      await cards().nth(1).locator("details[open] iframe").waitFor();
    });

    it("shows what a restarted inbox has", async () => {
      await post(inbox, "/send-email", email);
      await cards().first().waitFor();
      const port = Number(new URL(inbox.url).port);
      await inbox.stop();
      await page.getByText("Connection lost, trying again…").waitFor();
      inbox = await runInbox({ port });
      await page.getByText("Nothing has been delivered yet").waitFor();
      await post(inbox, "/messages", sms);
      await cards().filter({ hasText: sms.to }).waitFor();
      expect(await cards().count()).toBe(1);
    });
  });
}

/** A TCP link to a port of this machine that can be cut and mended. */
async function cuttable(
  to: number,
): Promise<{ port: number; cut: () => Promise<void>; mend: () => Promise<void> }> {
  const open = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  const mend = async (): Promise<void> => {
    const started = createServer((near) => {
      const far = connect(to, "127.0.0.1");
      for (const [from, onto] of [
        [near, far],
        [far, near],
      ] as const) {
        open.add(from);
        from.on("error", () => onto.destroy());
        from.pipe(onto);
      }
    });
    server = started;
    await new Promise<void>((resolve) => started.listen(port, "127.0.0.1", resolve));
    port = (started.address() as AddressInfo).port;
  };
  const cut = async (): Promise<void> => {
    const closed = new Promise((resolve) => server?.close(resolve));
    for (const socket of open) socket.destroy();
    open.clear();
    await closed;
  };
  await mend();
  return { port, cut, mend };
}
