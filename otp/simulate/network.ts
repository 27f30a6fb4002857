import type { Answers } from "./answers/answers.ts";
import { common } from "./answers/answers.ts";
import { assumed } from "./assumptions.ts";
import type { Faults, Strike } from "./faults.ts";
import type { MessageBook } from "./message-book.ts";
import type { Message } from "./messages.ts";
import type { VirtualClock } from "./sandbox/clock.ts";
import type { Network, Request } from "./sandbox/sandbox.ts";
import type { Random } from "./sandbox/random.ts";
import { draw } from "./sandbox/random.ts";
import type { Answer } from "./sandbox/response.ts";

/** A vendor as the network knows it. */
export interface VendorEndpoint {
  /** The environment's id of it. */
  readonly id: string;
  readonly answers: Answers;
  /** What a request is to this vendor: a message, a request for a token, or not its own. */
  readonly purpose: (request: Request) => "message" | "token" | undefined;
}

export interface NetworkOptions {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly endpoints: readonly VendorEndpoint[];
  /** The vendor that gets the first message while all are well. */
  readonly primary: string;
  readonly faults: Faults;
  readonly book: MessageBook;
  /** Milliseconds for which a code lives. */
  readonly lifetimeMs: number;
}

/** What the network counted; the rest is noted in each message. */
export interface Seen {
  /** Codes that a vendor took although they had expired when it was called. */
  dead: number;
  /** Codes that a vendor took although a newer one had been delivered to the same recipient. */
  superseded: number;
  /** Requests without a known message: a fault of the simulation, or of a bundle. */
  strays: number;
}

/** A failure of `fetch`, as Node gives it. */
function failed(code: string): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
}

/** How long a vendor takes for an answer, in milliseconds. */
function latencyMs(strike: Strike | undefined, random: Random): number {
  if (strike?.kind === "unresolved") return assumed.resolverMs;
  if (strike?.kind.startsWith("gateway")) return assumed.gatewayMs;
  return draw(strike?.kind === "slow" ? assumed.slow : assumed.healthy, random);
}

/** The vendors, and what lies between them and the Action. */
export function network(options: NetworkOptions): { readonly call: Network; readonly seen: Seen } {
  const { clock, random, endpoints, primary, faults, book, lifetimeMs } = options;
  const seen: Seen = { dead: 0, superseded: 0, strays: 0 };
  const taken = new Set<string>();
  const wait = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));

  /** Whether the vendor knows the request's key; from now on, it does. */
  const repeats = ({ id, answers }: VendorEndpoint, request: Request) => {
    const key = answers.key?.(request);
    if (key === undefined) return false;
    const mark = `${id} ${key}`;
    if (taken.has(mark)) return true;
    taken.add(mark);
    return false;
  };

  /** A vendor takes a message, unless it has it already; says whether it had. */
  const take = (at: VendorEndpoint, request: Request, message: Message, calledAt: number) => {
    if (repeats(at, request)) return true;
    if (calledAt - message.requestedAt > lifetimeMs) seen.dead++;
    const all = book.of(message);
    const newer = all.length > 1 ? all.slice(all.indexOf(message) + 1) : [];
    if (newer.some(({ copies }) => copies.some((copy) => copy.at <= calledAt))) seen.superseded++;
    message.copies.push({ vendor: at.id, at: clock.now() });
    return false;
  };

  const serve = async (
    endpoint: VendorEndpoint,
    request: Request,
    message: Message,
  ): Promise<Answer> => {
    const { answers, id } = endpoint;
    const calledAt = clock.now();
    const strike = faults.strike(id, calledAt, random, message.recipient);
    const took = () => take(endpoint, request, message, calledAt);
    const latency = latencyMs(strike, random);
    message.firstCall ??= { vendor: id, at: calledAt, latencyMs: latency };
    if (strike?.kind === "hangs, accepts") {
      const [least, most] = assumed.afterAllMs;
      clock.after(least + random() * (most - least), took);
    }
    if (strike?.kind.startsWith("hangs")) return new Promise(() => undefined);
    await wait(latency);
    switch (strike?.kind) {
      case "unresolved":
        throw failed("ENOTFOUND");
      case "down":
        return answers.down ?? common.down;
      case "revoked":
        return answers.badCredentials;
      case "garbage":
        return common.garbage;
      case "limited": {
        const answer: Answer = answers.limited ?? common.limited;
        if (strike.retryAfterS === undefined) return answer;
        const headers = { ...answer.headers, "retry-after": String(strike.retryAfterS) };
        return { ...answer, headers };
      }
      case "gateway, accepts":
      case "reset, accepts":
        took();
        if (strike.kind === "gateway, accepts") return answers.unknown ?? common.unknown;
        throw failed("ECONNRESET");
      case "gateway":
        return answers.unknown ?? common.unknown;
      case "reset":
        throw failed("ECONNRESET");
      default:
    }
    if (message.bad) return answers.badRecipient(message.recipient);
    if (message.refusedDestination && id === primary && answers.destinationRefused)
      return answers.destinationRefused(message.recipient);
    if (strike?.kind === "swallows") {
      message.swallowed = true;
      return repeats(endpoint, request) ? (answers.repeated ?? answers.accepted) : answers.accepted;
    }
    return took() ? (answers.repeated ?? answers.accepted) : answers.accepted;
  };

  const call: Network = async (request) => {
    for (const endpoint of endpoints) {
      const purpose = endpoint.purpose(request);
      if (purpose === "token" && endpoint.answers.token) {
        const refused = faults.strike(endpoint.id, clock.now(), random)?.kind === "revoked";
        await wait(draw(assumed.healthy, random));
        return refused ? endpoint.answers.token.refused : endpoint.answers.token.granted;
      }
      if (purpose !== "message") continue;
      const message = book.find(request.body);
      if (!message) continue;
      message.calls++;
      return serve(endpoint, request, message);
    }
    seen.strays++;
    throw failed("ENOTFOUND");
  };
  return { call, seen };
}
