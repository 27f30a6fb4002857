import type { Verdict } from "../vendors/vendor.ts";
import type { Answer } from "./attempt.ts";
import { attempt } from "./attempt.ts";
import type { Job } from "./deliver.ts";
import type { Io } from "./io.ts";
import type { Step } from "./plan.ts";

/** How a call to a vendor went; thrown by requests that find it out before they can be made. */
export interface Asked {
  readonly answer: Answer;
  readonly verdict: Verdict;
}

/** Makes one call to a vendor within `limitMs`, and says what it means; never throws. */
export async function ask<M>(
  io: Io,
  { plan, key, message, secrets }: Job<M>,
  step: Step<M>,
  firstSeen: number,
  limitMs: number,
): Promise<Asked> {
  const { id, vendor, settings } = step;
  const now = io.now();
  let answer: Answer = { error: "request" };
  let verdict: Verdict = { kind: "not_sent" };
  await plan.health?.asking(io, id);
  try {
    const lifetimeS = Math.max(1, Math.ceil((firstSeen + plan.lifetimeMs - now) / 1000));
    const made = { message: message(step, lifetimeS), secrets: step.secrets(secrets) };
    // `io` and `limitMs` are for vendors that are wrapped by `withToken`.
    const input = { ...made, settings, key, now, firstSeen, token: "", io, limitMs };
    answer = await attempt(io, await vendor.request(input), limitMs - (io.now() - now));
    if (answer.status) verdict = vendor.verdict(answer);
  } catch (thrown) {
    // A vendor's code that trips over a message or an answer is a vendor that cannot.
    ({ answer = answer, verdict = verdict } = thrown as Partial<Asked>);
  }
  await plan.health?.asked(io, id, answer.error ? Infinity : io.now() - now, verdict.kind);
  return { answer, verdict };
}
