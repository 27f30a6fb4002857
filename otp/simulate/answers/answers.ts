import type { Answer } from "../sandbox/response.ts";

/** A request as a simulated vendor reads it. */
export interface Received {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a vendor answers, in its own format. */
export interface Answers {
  /** A message is taken. */
  readonly accepted: Answer;
  /** A message whose key was seen before; the same as `accepted` where it is left out. */
  readonly repeated?: Answer;
  /** Refused for good; echoes the recipient, as vendors do, so that leaks show. */
  readonly badRecipient: (recipient: string) => Answer;
  /** Credentials that are not valid any more. */
  readonly badCredentials: Answer;
  /**
   * The account is not enabled for the recipient's country, or for this sender there. Left out for
   * vendors that have no answer for it.
   */
  readonly destinationRefused?: (recipient: string) => Answer;
  /**
   * Too many requests; `Retry-After` is added if a scenario has it.
   *
   * @default a plain 429
   */
  readonly limited?: Answer;
  /**
   * Broken.
   *
   * @default a plain 500
   */
  readonly down?: Answer;
  /**
   * Nobody can tell whether the message was taken.
   *
   * @default a gateway's 504
   */
  readonly unknown?: Answer;
  /** The idempotency key of a request, for vendors that refuse a second one of the same. */
  readonly key?: (request: Received) => string | undefined;
  /** The endpoint that gives tokens, for vendors that have one. */
  readonly token?: {
    readonly host: string;
    readonly granted: Answer;
    readonly refused: Answer;
  };
}

/** What all vendors say that have no words of their own for it. */
export const common = {
  limited: { status: 429, body: "Too Many Requests" },
  down: { status: 500, body: "Internal Server Error" },
  unknown: { status: 504, body: "upstream request timeout" },
  /** A proxy's or captive portal's page: a success that is none. */
  garbage: {
    status: 200,
    body: "<!doctype html><html><body><h1>We will be right back</h1></body></html>",
    headers: { "content-type": "text/html" },
  },
} satisfies Record<string, Answer>;

/** An answer with a JSON body. */
export function json(status: number, body: unknown, headers: Answer["headers"] = {}): Answer {
  return {
    status,
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  };
}

/** A header that holds the key. */
export const keyHeader =
  (name: string): NonNullable<Answers["key"]> =>
  ({ headers }) =>
    headers[name];

/** A string member of a JSON body, wherever it stands. */
export const keyMember =
  (name: string): NonNullable<Answers["key"]> =>
  ({ body }) =>
    new RegExp(`"${name}":"([^"]+)"`).exec(body)?.[1];
