import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { CodeRequest, Inbox, InboxOptions } from "../../../emulator/inbox/index.ts";
import { apiKey, email, post, runInbox, sms } from "./running.ts";

const running: Inbox[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((inbox) => inbox.stop()));
});

async function run(options: Partial<InboxOptions> = {}): Promise<Inbox> {
  const inbox = await runInbox(options);
  running.push(inbox);
  return inbox;
}

describe("the page", () => {
  it.each(["/", "/page.js", "/page.css", "/messages.css", "/icon.svg"])(
    "serves %s under a policy that allows its own files alone",
    async (path) => {
      const answer = await fetch(`${(await run()).url}${path}`);
      expect(answer.status).toBe(200);
      const policy = answer.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain("unsafe");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(await answer.text()).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    },
  );

  it("serves an HTML body only as a sandboxed document that runs and fetches nothing", async () => {
    const inbox = await run();
    await post(inbox, "/send-email", email);
    const answer = await fetch(`${inbox.url}/messages/${inbox.messages[0]?.id ?? ""}/html`);
    expect(await answer.text()).toBe(email.html);
    expect(answer.headers.get("content-security-policy")).toMatch(
      /^sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:/,
    );
    expect((await fetch(`${inbox.url}/messages/none/html`)).status).toBe(404);
  });

  it("never serves the API key", async () => {
    const inbox = await run();
    await post(inbox, "/send-email", email);
    await post(inbox, "/messages", sms);
    for (const path of ["/", "/page.js", "/messages"]) {
      expect(await (await fetch(`${inbox.url}${path}`)).text()).not.toContain(apiKey);
    }
  });
});

describe("a request for a code", () => {
  it.each([
    { body: { channel: "email", to: " ada@example.com " }, to: "ada@example.com" },
    { body: { channel: "sms", to: "+1 (415) 555-0123" }, to: "+14155550123" },
  ])("is passed on as $to", async ({ body, to }) => {
    const asked: CodeRequest[] = [];
    const inbox = await run({
      request: (code) => {
        asked.push(code);
        return Promise.resolve();
      },
    });
    expect((await post(inbox, "/request", body)).status).toBe(202);
    expect(asked).toEqual([{ ...body, to }]);
  });

  it.each([
    { body: { channel: "email", to: "ada" }, error: /^expected an e-mail address such as/ },
    { body: { channel: "sms", to: "0123" }, error: /^expected a phone number with its country/ },
    { body: { channel: "fax", to: "1" }, error: /^'channel': / },
    { body: "{", error: /^expected a JSON body/ },
  ])("with a bad body answers 400: $error", async ({ body, error }) => {
    const answer = await post(await run({ request: () => Promise.resolve() }), "/request", body);
    expect(answer.status).toBe(400);
    const { error: said } = (await answer.json()) as { error: string };
    expect(said).toMatch(error);
  });

  it("answers with the words of what refused it", async () => {
    const inbox = await run({ request: () => Promise.reject(new Error("no such connection")) });
    const answer = await post(inbox, "/request", { channel: "email", to: "ada@example.com" });
    expect(answer.status).toBe(502);
    expect(await answer.json()).toEqual({
      error: "the code could not be requested: no such connection",
    });
  });

  it("answers 501 where nobody can be asked", async () => {
    const answer = await post(await run(), "/request", { channel: "email", to: "a@example.com" });
    expect(answer.status).toBe(501);
  });

  it("is refused from a page of another origin, which can only send plain text", async () => {
    const asked: CodeRequest[] = [];
    const inbox = await run({
      request: (code) => {
        asked.push(code);
        return Promise.resolve();
      },
    });
    const body = { channel: "email", to: "ada@example.com" };
    const answer = await post(inbox, "/request", body, { "content-type": "text/plain" });
    expect(answer.status).toBe(400);
    expect(asked).toEqual([]);
  });
});

describe("starting and stopping", () => {
  it("names a port that is taken and says what to do", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    await expect(runInbox({ port })).rejects.toThrow(
      `expected port ${port} to be free for the inbox, got a port that is taken: stop what listens there, or choose another one (0 takes any)`,
    );
    await new Promise((resolve) => other.close(resolve));
  });

  it("closes event streams and requests under way at once, and frees the port", async () => {
    let arrive = (): void => undefined;
    const reached = new Promise<void>((resolve) => (arrive = resolve));
    const inbox = await run({
      request: () => {
        arrive();
        return new Promise(() => undefined);
      },
    });
    const stream = await fetch(`${inbox.url}/events`);
    const reader = stream.body?.getReader();
    await reader?.read();
    const code = { channel: "email", to: "ada@example.com" };
    const slow = expect(post(inbox, "/request", code)).rejects.toThrow("fetch failed");
    await reached;
    await inbox.stop();
    await slow;
    await expect(reader?.closed).rejects.toThrow("terminated");
    await run({ port: Number(new URL(inbox.url).port) });
  });
});
