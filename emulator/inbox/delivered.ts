import { z } from "zod";
import { findCode, textOfHtml } from "./text.ts";

/** A message that the inbox accepted. */
export interface Delivered {
  readonly id: string;
  readonly channel: "email" | "phone";
  readonly to: string;
  readonly from?: string;
  readonly subject?: string;
  readonly html?: string;
  /** The plain text; made from `html` where the sender left it out. */
  readonly text: string;
  /** The one-time passcode, where one was found in subject or text. */
  readonly code?: string;
  /** When it was accepted, in milliseconds since the epoch. */
  readonly at: number;
}

/** What a request says; the inbox adds `id` and `at`. */
export type Message = Omit<Delivered, "id" | "at">;

const recipient = z.string().min(1, "expected a recipient, got an empty string");

const email = z
  .object({
    to: recipient,
    from: z.string().optional(),
    subject: z.string().optional(),
    html: z.string().optional(),
    text: z.string().optional(),
  })
  .refine(({ html, text }) => [html, text].some((part) => part !== undefined && part !== ""), {
    error: "expected 'html' or 'text', got neither",
  });

const phone = z.object({
  to: recipient,
  from: z.string().optional(),
  body: z.string().min(1, "expected a text, got an empty string"),
});

/** A body that is not what the wire format asks for; the message is one line without content. */
export class BadBody extends Error {}

/**
 * Reads the body of `POST /send-email` as Auth0's documented e-mail sample writes it:
 * `{to, from, subject, html, text}`.
 * @throws BadBody naming the field, what was expected and what was got
 */
export function readEmail(body: unknown): Message {
  const { to, from, subject, html, text: given } = check(email, body);
  const text = given === undefined || given === "" ? textOfHtml(html ?? "") : given;
  const code = findCode(text) ?? findCode(textOfHtml(html ?? "")) ?? findCode(subject ?? "");
  return {
    channel: "email",
    to,
    text,
    ...(from === undefined ? {} : { from }),
    ...(subject === undefined ? {} : { subject }),
    ...(html === undefined || html === "" ? {} : { html }),
    ...(code === undefined ? {} : { code }),
  };
}

/**
 * Reads the body of `POST /messages` as Auth0's documented phone sample writes it:
 * `{to, from, body}`.
 * @throws BadBody naming the field, what was expected and what was got
 */
export function readPhone(body: unknown): Message {
  const { to, from, body: text } = check(phone, body);
  const code = findCode(text);
  return {
    channel: "phone",
    to,
    text,
    ...(from === undefined ? {} : { from }),
    ...(code === undefined ? {} : { code }),
  };
}

/** The body as `schema` reads it. @throws BadBody with everything that is wrong, in one line */
export function check<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  throw new BadBody(
    read.error.issues
      .map(({ path, message }) => {
        const problem = message.replace(/^Invalid input: /, "");
        return path.length === 0 ? problem : `'${path.join(".")}': ${problem}`;
      })
      .join("; "),
  );
}
