import type { HttpResponse, Verdict } from "../vendors/vendor.ts";
import type { NoAnswer } from "./attempt.ts";
import { Refusal, attempt } from "./attempt.ts";
import type { Delivery } from "./deliver.ts";
import type { Io } from "./io.ts";
import type { Plan, Secrets, Step } from "./plan.ts";

/** Makes one call to a vendor within `limitMs`, and says what it means; never throws. */
export async function ask<M>(
  io: Io,
  step: Step<M>,
  { health, lifetimeMs }: Plan<M>,
  { message, key }: Delivery<M>,
  all: Secrets,
  firstSeen: number,
  limitMs: number,
): Promise<{ answer: HttpResponse | NoAnswer; verdict: Verdict }> {
  const { id, vendor, settings } = step;
  const now = io.now();
  let answer: HttpResponse | NoAnswer = { error: "request" };
  let verdict: Verdict = { kind: "unavailable" };
  await health?.asking(io, id);
  try {
    const lifetimeS = Math.max(1, Math.ceil((firstSeen + lifetimeMs - now) / 1000));
    const secrets = step.secrets(all);
    const input = { message: message(step, lifetimeS), settings, secrets, key, now, firstSeen };
    // `io` and `limitMs` are for vendors that are wrapped by `withToken`.
    const wired = { ...input, token: "", io, limitMs };
    const request = await vendor.request(wired);
    answer = await attempt(io, request, limitMs - (io.now() - now));
    if ("status" in answer) verdict = vendor.verdict(answer);
  } catch (thrown) {
    // Else a vendor's code that trips over a message or an answer is a vendor that cannot.
    if (thrown instanceof Refusal) ({ answer, verdict } = thrown);
  }
  await health?.asked(io, id, "error" in answer ? Infinity : io.now() - now, verdict.kind);
  return { answer, verdict };
}
