import type { Answers } from "./answers/answers.ts";
import { common } from "./answers/answers.ts";
import { assumed } from "./assumptions.ts";
import type { Faults } from "./faults.ts";
import type { Message } from "./messages.ts";
import type { VirtualClock } from "./sandbox/clock.ts";
import type { Network, Request } from "./sandbox/instance.ts";
import type { Random } from "./sandbox/random.ts";
import { draw } from "./sandbox/random.ts";
import type { Answer } from "./sandbox/response.ts";

/** A vendor as the network knows it. */
export interface Listener {
  /** The environment's id of it. */
  readonly id: string;
  readonly answers: Answers;
  /** Whether a request is for this vendor: `message`, or for its endpoint that gives tokens. */
  readonly hears: (request: Request) => "message" | "token" | undefined;
}

export interface Around {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly listeners: readonly Listener[];
  readonly faults: Faults;
  readonly find: (body: string) => Message | undefined;
  /** Milliseconds for which a code lives. */
  readonly lifetimeMs: number;
}

/** What the network saw beside what it noted of each message. */
export interface Seen {
  /** Codes that a vendor took though they were dead when it was asked. */
  dead: number;
  /** Requests that carried no message that is known; a fault of the simulation, or of a bundle. */
  strays: number;
}

/** A failure of `fetch`, as Node gives it. */
function failed(code: string): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
}

/** The vendors, and what lies between them and the Action. */
export function network(around: Around): { readonly call: Network; readonly seen: Seen } {
  const { clock, random, listeners, faults, find, lifetimeMs } = around;
  const seen: Seen = { dead: 0, strays: 0 };
  const taken = new Set<string>();
  const wait = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));

  /** A vendor takes a message, unless it has it already; says whether it had. */
  const take = ({ id, answers }: Listener, request: Request, message: Message, asked: number) => {
    const key = answers.key?.(request);
    const mark = `${id} ${key ?? ""}`;
    if (key !== undefined && taken.has(mark)) return true;
    if (key !== undefined) taken.add(mark);
    message.copies.push({ vendor: id, at: clock.now() });
    if (asked - message.born > lifetimeMs) seen.dead++;
    return false;
  };

  const serve = async (listener: Listener, request: Request, message: Message): Promise<Answer> => {
    const { answers, id } = listener;
    const asked = clock.now();
    const struck = faults.strike(id, asked, random);
    const took = () => take(listener, request, message, asked);
    switch (struck?.ill) {
      case "unresolved":
        await wait(assumed.resolverMs);
        throw failed("ENOTFOUND");
      case "hangs, accepts": {
        const [least, most] = assumed.afterAllMs;
        clock.after(least + random() * (most - least), took);
        return new Promise(() => undefined);
      }
      case "hangs":
        return new Promise(() => undefined);
      default:
    }
    await wait(draw(struck?.ill === "slow" ? assumed.slow : assumed.healthy, random));
    switch (struck?.ill) {
      case "down":
        return answers.down ?? common.down;
      case "revoked":
        return answers.badCredentials;
      case "garbage":
        return common.garbage;
      case "limited": {
        const answer: Answer = answers.limited ?? common.limited;
        if (struck.retryAfterS === undefined) return answer;
        return {
          ...answer,
          headers: { ...answer.headers, "retry-after": String(struck.retryAfterS) },
        };
      }
      case "reset, accepts":
        took();
        throw failed("ECONNRESET");
      case "reset":
        throw failed("ECONNRESET");
      default:
    }
    if (message.bad) return answers.badRecipient(message.recipient);
    return took() ? (answers.repeated ?? answers.accepted) : answers.accepted;
  };

  const call: Network = async (request) => {
    for (const listener of listeners) {
      const hears = listener.hears(request);
      if (hears === "token" && listener.answers.token) {
        const refused = faults.strike(listener.id, clock.now(), random)?.ill === "revoked";
        await wait(draw(assumed.healthy, random));
        return refused ? listener.answers.token.refused : listener.answers.token.granted;
      }
      if (hears !== "message") continue;
      const message = find(request.body);
      if (!message) continue;
      message.calls++;
      return serve(listener, request, message);
    }
    seen.strays++;
    throw failed("ENOTFOUND");
  };
  return { call, seen };
}
