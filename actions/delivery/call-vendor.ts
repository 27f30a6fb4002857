import type { Verdict } from "../vendors/vendor.ts";
import type { Step } from "./config.ts";
import type { Answer } from "./http.ts";
import { ambiguous, httpCall } from "./http.ts";
import type { Io } from "./io.ts";
import type { CallResult, Job } from "./job.ts";

/** The longest lifetime that every vendor takes, in seconds (Twilio's). */
const mostLifetimeS = 36_000;

/** What a call to a vendor is made with. */
export interface CallOptions {
  /** When the message was seen first, in milliseconds since 1970. */
  readonly firstSeen: number;
  readonly limitMs: number;
  /** Ends the call early. */
  readonly abort: AbortController;
  /** Hears that a request goes out. */
  readonly onRequest: () => void;
}

const adapterError = (request: boolean): CallResult => ({
  answer: { error: "adapter_error" },
  // Once the request is out, the message may be too.
  verdict: { kind: request ? "unknown" : "not_sent" },
  adapterError: true,
});

const accountFault = (answer: Answer): CallResult => ({
  answer,
  verdict: { kind: "account_fault" },
});

/** Makes one call to a vendor, its token first if it has one, and says what it means; never throws. */
export async function callVendor<M>(
  io: Io,
  { config, key, message, secrets: all, expires, tokens }: Job<M>,
  step: Step<M>,
  { firstSeen, limitMs, abort, onRequest }: CallOptions,
): Promise<CallResult> {
  const { vendor, settings } = step;
  const began = io.now();
  const left = () => limitMs - (io.now() - began);
  let requested = false;

  const attempt = async (fresh: boolean): Promise<CallResult> => {
    const now = io.now();
    const secrets = step.secrets(all);
    // A secret that was never set would go out as "undefined".
    if (Object.values(secrets).some((value) => typeof value !== "string" || !value))
      return accountFault({ error: "secret" });
    const remainingS = Math.ceil((firstSeen + config.lifetimeMs - now) / 1000);
    const lifetimeS = expires ? Math.min(mostLifetimeS, Math.max(1, remainingS)) : mostLifetimeS;
    const options = { secrets, tokens, fresh, limitMs: left(), abort };
    const granted = await config.fetchToken?.(io, step, options);
    if (granted && "verdict" in granted) return granted;
    const token = granted?.token ?? "";
    const made = {
      message: message(step, lifetimeS),
      settings,
      secrets,
      key,
      now,
      firstSeen,
      token,
    };
    const request = await vendor.request(made);
    onRequest();
    requested = true;
    const answer = await httpCall(io, request, left(), abort);
    if (answer.error === "header") return accountFault(answer);
    if (answer.error !== undefined)
      return { answer, verdict: { kind: ambiguous(answer) ? "unknown" : "not_sent" } };
    // The vendor refuses a token that was kept: it may have been revoked, so a new one is tried.
    if (answer.status === 401 && granted?.kept) return attempt(true);
    const verdict: Verdict = vendor.verdict(answer);
    return { answer, verdict };
  };

  try {
    return await attempt(false);
  } catch {
    return adapterError(requested);
  }
}
