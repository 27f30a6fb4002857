import type { AddressInfo } from "node:net";
import type { Certificate } from "../certificate.ts";
import type { Delivered } from "./delivered.ts";
import { FaultQueue } from "./faults.ts";
import type { InboxFaults } from "./faults.ts";
import { Mailbox } from "./mailbox.ts";
import { addReader } from "./reader.ts";
import type { CodeRequest } from "./reader.ts";
import { makeServer } from "./server.ts";
import type { InboxServer } from "./server.ts";
import { addVendor } from "./vendor.ts";

export type { Delivered } from "./delivered.ts";
export type { InboxFault, InboxFaults } from "./faults.ts";
export type { CodeRequest } from "./reader.ts";

export interface InboxOptions {
  /** The port to listen on, at 127.0.0.1; default 0, any free one. */
  readonly port?: number;
  /** PEM, for `localhost`. */
  readonly certificate: Certificate;
  /** What senders present as bearer token. The page needs none: it is only on this machine. */
  readonly apiKey: string;
  /**
   * Asks the tenant for another code, for the page's form; rejects with a message that is shown
   * to the person. Default: the form answers that it cannot.
   */
  readonly request?: (code: CodeRequest) => Promise<void>;
  /** How many messages are kept; default 500, the oldest go first. */
  readonly limit?: number;
}

/** A running inbox: the vendor that the local environment delivers through. */
export interface Inbox {
  /** `https://localhost:<port>`, the page and the base of the vendor's two routes. */
  readonly url: string;
  /** What was delivered and is kept, newest first. */
  readonly messages: readonly Delivered[];
  /**
   * The newest kept message that matches, or the next one that does.
   * @throws Error when none came within `timeoutMs` milliseconds, or the inbox stopped
   */
  waitFor(match: (message: Delivered) => boolean, timeoutMs: number): Promise<Delivered>;
  readonly faults: InboxFaults;
  /** Closes every connection at once, the pages' event streams included. */
  stop(): Promise<void>;
}

/**
 * Starts the inbox: `POST /send-email` and `POST /messages` in the wire format of Auth0's
 * documented samples, and a page that shows what came.
 * @throws Error naming the port and what to do, when the port is taken
 */
export async function startInbox(options: InboxOptions): Promise<Inbox> {
  const mailbox = new Mailbox(options.limit ?? 500);
  const faults = new FaultQueue();
  const server = makeServer(options.certificate);
  addVendor(server, { mailbox, faults, apiKey: options.apiKey });
  await addReader(server, mailbox, options.request);
  const port = await listen(server, options.port ?? 0);
  return {
    url: `https://localhost:${port}`,
    get messages() {
      return mailbox.messages;
    },
    waitFor: (match, timeoutMs) => mailbox.waitFor(match, timeoutMs),
    faults,
    stop: async () => {
      mailbox.close();
      await server.close();
    },
  };
}

async function listen(server: InboxServer, port: number): Promise<number> {
  try {
    await server.listen({ port, host: "127.0.0.1" });
  } catch (error) {
    await server.close();
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      throw new Error(
        `expected port ${port} to be free for the inbox, got a port that is taken: stop what listens there, or choose another one (0 takes any)`,
        { cause: error },
      );
    }
    throw error;
  }
  return (server.server.address() as AddressInfo).port;
}
