import type { Verdict } from "../vendors/vendor.ts";
import type { Step } from "./config.ts";
import type { Answer } from "./http.ts";
import { httpCall } from "./http.ts";
import type { Io } from "./io.ts";
import type { CallResult, Job } from "./job.ts";

/** Makes one call to a vendor within `limitMs`, and says what it means; never throws. */
export async function callVendor<M>(
  io: Io,
  { config, key, message, secrets }: Job<M>,
  step: Step<M>,
  firstSeen: number,
  limitMs: number,
): Promise<CallResult> {
  const { id, vendor, settings } = step;
  const now = io.now();
  let answer: Answer = { error: "request" };
  let verdict: Verdict = { kind: "not_sent" };
  const call = async () => {
    const lifetimeS = Math.max(1, Math.ceil((firstSeen + config.lifetimeMs - now) / 1000));
    const made = { message: message(step, lifetimeS), secrets: step.secrets(secrets) };
    const granted = await config.fetchToken?.(io, step, made.secrets, limitMs);
    if (granted && !("token" in granted)) {
      ({ answer, verdict } = granted);
      return;
    }
    const input = { ...made, settings, key, now, firstSeen, token: granted?.token ?? "" };
    answer = await httpCall(io, await vendor.request(input), limitMs - (io.now() - now));
    if (!answer.status) return;
    if (answer.status === 401) granted?.refused();
    verdict = vendor.verdict(answer);
  };
  await config.circuitBreaker?.onStart(io, id);
  try {
    await call();
  } catch {
    // A vendor's code that trips over a message or an answer is a vendor that cannot.
  }
  await config.circuitBreaker?.onResult(
    io,
    id,
    answer.error ? Infinity : io.now() - now,
    verdict.kind,
  );
  return { answer, verdict };
}
