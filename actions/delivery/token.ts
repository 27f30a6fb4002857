import type { SettingsSpec } from "../vendors/settings.ts";
import type { Vendor } from "../vendors/vendor.ts";
import type { Asked } from "./ask.ts";
import { attempt } from "./attempt.ts";
import type { Io } from "./io.ts";
import { recall, remember } from "./io.ts";

/** A token is fetched anew this long before it expires. */
const marginMs = 60_000;

const unavailable = { kind: "not_sent" } as const;
const refusal = (asked: Asked) => Object.assign(new Error(), asked);

/** What a request gets beside its input, to fetch a token with. */
export interface Wired {
  readonly io: Io;
  /** Milliseconds that the whole call may take. */
  readonly limitMs: number;
}

/**
 * A vendor that fetches its bearer token before its first request and keeps it in the cache until
 * shortly before it expires. A token that the vendor refuses is fetched anew for the next message.
 *
 * @param id - tells the tokens of two uses of one vendor apart
 */
export function withToken<M, S extends SettingsSpec>(
  vendor: Vendor<M, S>,
  id: string,
): Vendor<M, S> {
  const { token: source } = vendor;
  if (!source) return vendor;
  const entry = `token-${id}`;
  let refused = false;
  return {
    ...vendor,
    async request(input) {
      const { io, limitMs, settings, secrets, now } = input as typeof input & Wired;
      let { token = "" } = refused ? {} : await recall<{ token: string }>(io, entry);
      if (!token) {
        const answer = await attempt(io, await source.request({ settings, secrets, now }), limitMs);
        // No message went out with it, so a lost answer is no reason to ask again.
        if (!answer.status) throw refusal({ answer: { error: "token" }, verdict: unavailable });
        const read = source.read(answer);
        if (!("token" in read)) throw refusal({ answer, verdict: read });
        ({ token } = read);
        refused = false;
        await remember(io, entry, { token }, read.lifetimeS * 1000 - marginMs);
      }
      return vendor.request({ ...input, token });
    },
    verdict(response) {
      refused ||= response.status === 401;
      return vendor.verdict(response);
    },
  };
}
