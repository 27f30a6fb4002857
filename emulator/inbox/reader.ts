import { readFile } from "node:fs/promises";
import { z } from "zod";
import { check } from "./delivered.ts";
import type { Delivered } from "./delivered.ts";
import type { Mailbox } from "./mailbox.ts";
import type { InboxServer } from "./server.ts";

/** A code that the page's form asks for. */
export interface CodeRequest {
  readonly channel: "email" | "sms";
  readonly to: string;
}

const codeRequest = z
  .object({ channel: z.enum(["email", "sms"]), to: z.string().trim() })
  .transform(({ channel, to }) => ({
    channel,
    to: channel === "sms" ? to.replace(/[\s().-]/g, "") : to,
  }))
  .superRefine(({ channel, to }, context) => {
    const problem =
      channel === "email"
        ? !/^[^\s@]+@[^\s@]+$/.test(to) && "expected an e-mail address such as ada@example.com"
        : !/^\+[1-9]\d{6,14}$/.test(to) &&
          "expected a phone number with its country's code such as +14155550123";
    if (problem !== false) context.addIssue({ code: "custom", message: problem });
  });

// Trusted types are demanded so that the page cannot turn a message into markup by mistake.
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

// An HTML body is a document of its own, so that it keeps its inline styles while the page does
// not have to allow any. No script, no form, no request to anyone, an opaque origin.
const bodyPolicy =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

const files = [
  { path: "/", file: "index.html", type: "text/html; charset=utf-8" },
  { path: "/page.css", file: "page.css", type: "text/css; charset=utf-8" },
  { path: "/messages.css", file: "messages.css", type: "text/css; charset=utf-8" },
  { path: "/page.js", file: "page.js", type: "text/javascript; charset=utf-8" },
  { path: "/icon.svg", file: "icon.svg", type: "image/svg+xml" },
] as const;

const heartbeatMs = 15_000;

/** The part that people and scripts use: the page, what it listens to, and the form's target. */
export async function addReader(
  server: InboxServer,
  mailbox: Mailbox,
  request: ((code: CodeRequest) => Promise<void>) | undefined,
): Promise<void> {
  for (const { path, file, type } of files) {
    const content = await readFile(new URL(`./page/${file}`, import.meta.url), "utf8");
    server.get(path, (_request, reply) =>
      reply.headers({ "content-type": type, "content-security-policy": pagePolicy }).send(content),
    );
  }

  server.get("/messages", () => mailbox.messages);

  server.get<{ Params: { id: string } }>("/messages/:id/html", (request, reply) => {
    const html = mailbox.messages.find(({ id }) => id === request.params.id)?.html;
    if (html === undefined) {
      reply.callNotFound();
      return reply;
    }
    return reply
      .headers({
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": bodyPolicy,
      })
      .send(html);
  });

  server.get("/events", (request, reply) => {
    reply.hijack();
    const stream = reply.raw;
    const send = (event: string, data: unknown): void => {
      stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    };
    stream.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    stream.write("retry: 1000\n\n");
    send("all", { limit: mailbox.limit, messages: mailbox.messages.map(summary) });
    const forget = mailbox.listen((message) => {
      send("delivered", summary(message));
    });
    const heartbeat = setInterval(() => stream.write(": here\n\n"), heartbeatMs);
    request.raw.socket.on("close", () => {
      clearInterval(heartbeat);
      forget();
    });
  });

  server.post("/request", async ({ body }, reply) => {
    const code = check(codeRequest, body);
    if (request === undefined) {
      return reply.status(501).send({
        error: "this inbox cannot request codes: it was started without a tenant",
      });
    }
    try {
      await request(code);
    } catch (error) {
      const reason = error instanceof Error ? error.message : "no reason given";
      return reply.status(502).send({ error: `the code could not be requested: ${reason}` });
    }
    return reply.status(202).send({});
  });
}

/** What the page lists; HTML bodies are fetched when they are opened. */
function summary({ html, ...message }: Delivered): Omit<Delivered, "html"> & { hasHtml: boolean } {
  return { ...message, hasHtml: html !== undefined };
}
