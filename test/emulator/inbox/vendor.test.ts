import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Inbox } from "../../../emulator/inbox/index.ts";
import { apiKey, email, post, runInbox, sms } from "./running.ts";

let inbox: Inbox;
beforeEach(async () => {
  inbox = await runInbox({ limit: 3 });
});
afterEach(() => inbox.stop());

describe("the wire format of the documented samples", () => {
  it("takes an e-mail and answers 200 with its id", async () => {
    const answer = await post(inbox, "/send-email", email);
    expect(answer.status).toBe(200);
    const [message] = inbox.messages;
    expect(await answer.json()).toEqual({ id: message?.id });
    expect(message).toMatchObject({ channel: "email", ...email, code: "493817" });
  });

  it("takes a text and answers 202 with its id", async () => {
    const answer = await post(inbox, "/messages", sms);
    expect(answer.status).toBe(202);
    const [message] = inbox.messages;
    expect(await answer.json()).toEqual({ id: message?.id });
    expect(message).toMatchObject({
      channel: "phone",
      to: sms.to,
      from: sms.from,
      text: sms.body,
      code: "493817",
    });
  });

  it("makes the text from the HTML when the sender left it out", async () => {
    await post(inbox, "/send-email", { to: email.to, html: "<p>Code <b>271828</b></p>" });
    expect(inbox.messages[0]).toMatchObject({ text: "Code 271828", code: "271828" });
  });

  it.each([
    { given: "a wrong key", authorization: "Bearer wrong" },
    { given: "no scheme", authorization: apiKey },
    { given: "an empty header", authorization: "" },
  ])("answers 401 for $given and delivers nothing", async ({ authorization }) => {
    for (const path of ["/send-email", "/messages"]) {
      const answer = await post(inbox, path, email, { authorization });
      expect(answer.status).toBe(401);
      expect(await answer.text()).not.toContain(apiKey);
    }
    expect(inbox.messages).toEqual([]);
  });

  it.each([
    {
      path: "/send-email",
      body: { ...email, to: undefined },
      error: "'to': expected string, received undefined",
    },
    {
      path: "/send-email",
      body: { ...email, subject: 5 },
      error: "'subject': expected string, received number",
    },
    {
      path: "/send-email",
      body: { to: "ada@example.com", subject: "s", html: "" },
      error: "expected 'html' or 'text', got neither",
    },
    {
      path: "/messages",
      body: { to: "", body: "" },
      error:
        "'to': expected a recipient, got an empty string; 'body': expected a text, got an empty string",
    },
    { path: "/messages", body: [], error: "expected object, received array" },
    {
      path: "/messages",
      body: '{"to": "+1", "body": 493817',
      error: "expected a JSON body, got one that does not parse",
    },
    { path: "/messages", body: "", error: "expected a JSON body, got one that does not parse" },
  ])("answers 400 in one line: $error", async ({ path, body, error }) => {
    const answer = await post(inbox, path, body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error });
    expect(inbox.messages).toEqual([]);
  });

  it("answers 415 for a body that is not JSON and 404 for another route", async () => {
    const form = await post(inbox, "/messages", "to=1&body=2", {
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(form.status).toBe(415);
    expect(await form.json()).toEqual({ error: "expected content-type application/json" });
    const elsewhere = await post(inbox, "/send", sms);
    expect(elsewhere.status).toBe(404);
    expect(await elsewhere.text()).toContain("POST /send-email");
  });

  it("gives the first answer again for an idempotency key it has seen", async () => {
    const key = { "idempotency-key": "k1" };
    const first: unknown = await (await post(inbox, "/messages", sms, key)).json();
    const again = await post(inbox, "/messages", sms, key);
    expect(again.status).toBe(202);
    expect(await again.json()).toEqual(first);
    expect(inbox.messages).toHaveLength(1);
    await post(inbox, "/messages", sms, { "idempotency-key": "k2" });
    await post(inbox, "/messages", sms);
    await post(inbox, "/send-email", email, key);
    expect(inbox.messages).toHaveLength(4 - 1);
    expect(inbox.messages[0]?.channel).toBe("email");
  });
});

describe("what is kept", () => {
  it("is the newest first and no more than the limit", async () => {
    for (const body of ["one", "two", "three", "four"]) {
      await post(inbox, "/messages", { ...sms, body });
    }
    expect(inbox.messages.map(({ text }) => text)).toEqual(["four", "three", "two"]);
    const listed = await fetch(`${inbox.url}/messages`);
    expect(await listed.json()).toEqual(inbox.messages);
  });

  it("is waited for, whether it is there already or still to come", async () => {
    const coming = inbox.waitFor(({ to }) => to === sms.to, 5000);
    await post(inbox, "/send-email", email);
    await post(inbox, "/messages", sms);
    expect((await coming).text).toBe(sms.body);
    expect((await inbox.waitFor(({ channel }) => channel === "email", 1)).to).toBe(email.to);
  });

  it("is not waited for beyond the bound, nor beyond the inbox", async () => {
    await post(inbox, "/messages", sms);
    await expect(inbox.waitFor(({ to }) => to === "nobody", 20)).rejects.toThrow(
      "expected a message in the inbox, got none that matches within 20 ms (1 others are there)",
    );
    const waiting = expect(inbox.waitFor(({ to }) => to === "nobody", 5000)).rejects.toThrow(
      "got none before it stopped",
    );
    await inbox.stop();
    await waiting;
  });
});

describe("injected faults", () => {
  it("answer with the status, headers and body they name, as often as they say", async () => {
    inbox.faults.inject({ path: "/messages", status: 429, headers: { "retry-after": "7" } });
    inbox.faults.inject({ status: 503, body: '{"error":"down"}', times: 2 });
    const limited = await post(inbox, "/messages", sms);
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "7"]);
    const down = await post(inbox, "/send-email", email);
    expect([down.status, await down.json()]).toEqual([503, { error: "down" }]);
    expect((await post(inbox, "/messages", sms)).status).toBe(503);
    expect(inbox.messages).toEqual([]);
    expect((await post(inbox, "/messages", sms)).status).toBe(202);
  });

  it("reset the connection, before or after the message is delivered", async () => {
    inbox.faults.inject({ reset: true });
    await expect(post(inbox, "/messages", sms)).rejects.toThrow("fetch failed");
    expect(inbox.messages).toEqual([]);
    inbox.faults.inject({ reset: true, delivered: true });
    await expect(post(inbox, "/messages", sms)).rejects.toThrow("fetch failed");
    expect(inbox.messages).toHaveLength(1);
  });

  it("delay a delivery that comes in the end though the client has gone", async () => {
    inbox.faults.inject({ delayMs: 150 });
    const gone = fetch(`${inbox.url}/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify(sms),
      signal: AbortSignal.timeout(50),
    });
    await expect(gone).rejects.toThrow("timeout");
    expect((await inbox.waitFor(() => true, 5000)).text).toBe(sms.body);
  });

  it("are forgotten when cleared", async () => {
    inbox.faults.inject({ status: 500, times: 9 });
    inbox.faults.clear();
    expect((await post(inbox, "/messages", sms)).status).toBe(202);
  });
});
