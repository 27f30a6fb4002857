import type { Answer } from "./http.ts";
import { callVendor } from "./call-vendor.ts";
import { ambiguous } from "./http.ts";
import type { Io } from "./io.ts";
import type { Job } from "./job.ts";
import { note, noted } from "./sent-messages.ts";
import type { Outcome, Report } from "./report.ts";
import { plainCode } from "./report.ts";

/** Kept for each vendor that was not asked yet, and needed for asking one the second time. */
const fallbackReserveMs = 2_000;
/** For asking at once again with the same key: a vendor that hangs must leave time for the next. */
const immediateRetryMs = 1_000;
/** Later attempts are shortened so that more than one of them fits into this. */
const softDeadlineMs = 9_000;
/** The shortest attempt worth making. */
const minAttemptMs = 800;

/** `Retry-After` in milliseconds: seconds or a date. */
function retryAfter({ headers }: Answer, now: number): number {
  const value = headers?.["retry-after"] ?? "0";
  return Number(value) * 1000 || Date.parse(value) - now || 0;
}

/**
 * Delivers one message: asks vendors in order until one accepts or rejects it, and those that
 * failed again after jittered, growing pauses, while time allows.
 *
 * @param report - takes what happened
 * @returns the outcome; throws for nothing that a vendor or the cache does
 */
export async function deliver<M>(io: Io, job: Job<M>, report: Report): Promise<Outcome> {
  const { config, key, began } = job;
  const hidden = [...job.hidden, ...Object.values(job.secrets)].join(" ");
  const sent = await noted(io, "sent", key);
  if (sent && began - sent[0] < config.lifetimeMs) return "repeated";
  const [firstSeen, start] = (await noted(io, "late", key)) ?? [began, 0];
  const dies = job.expires ? firstSeen + config.lifetimeMs : Infinity;
  if (began >= dies) return "expired";
  const deadline = Math.min(began + config.deadlineMs, dies);

  const steps = (await config.circuitBreaker?.ordered(io, job.steps, start)) ?? job.steps;
  // All are due since 1970, in order; those that were asked are due later.
  let open = steps.map((step, due) => ({ step, due, asked: 0 }));
  // What is left for the vendor that is asked now.
  const spare = () =>
    deadline - io.now() - fallbackReserveMs * open.filter(({ asked }) => !asked).length;

  for (;;) {
    const [next] = open.sort((one, other) => one.due - other.due);
    const pause = Math.max(0, (next?.due ?? 0) - io.now());
    if (!next || io.now() + pause + minAttemptMs > deadline) break;
    if (pause) await new Promise<void>((resolve) => void io.setTimeout(resolve, pause));
    next.asked++;
    const { step } = next;
    const prompt = began + softDeadlineMs - io.now();
    const limit = Math.min(
      step.timeoutMs,
      spare(),
      report.attempts && prompt > fallbackReserveMs
        ? Math.max(fallbackReserveMs, prompt / 2)
        : Infinity,
      next.due < 0 ? immediateRetryMs : Infinity,
    );
    report.attempts++;
    const { answer, verdict } = await callVendor(
      io,
      job,
      step,
      firstSeen,
      Math.max(minAttemptMs, limit),
    );

    report.vendor = step.id;
    report.status = answer.error ?? answer.status;
    report.code = plainCode(verdict.code, hidden);
    if (verdict.kind === "accepted") {
      // True whatever becomes of the note.
      report.otp = "accepted";
      await note(io, "sent", key, [io.now(), 0]);
      return "accepted";
    }
    if (verdict.kind === "recipient_refused") {
      if (!verdict.otherMedium) return "rejected";
      open = open.filter((other) => other.step.medium !== step.medium);
    }
    if (verdict.kind === "account_fault" || verdict.kind === "destination_refused") {
      open = open.filter((other) => other !== next);
      (report.config ??= []).push(step.id);
    }
    const rest = Math.min(4_000, 125 * 2 ** next.asked) * (0.5 + io.random() / 2);
    next.due = io.now() + Math.max(rest, retryAfter(answer, io.now()));
    // It may have the message: asked at once with the same key, it says so and sends nothing.
    if (
      step.vendor.idempotent &&
      next.asked === 1 &&
      ambiguous(answer) &&
      spare() > fallbackReserveMs
    )
      next.due = -1;
  }
  const [following] = open;
  if (!following && !report.config) return "rejected";
  await note(io, "late", key, [firstSeen, following ? job.steps.indexOf(following.step) : 0]);
  return "failed";
}
