import type { HttpResponse } from "../vendors/vendor.ts";
import { ask } from "./ask.ts";
import type { NoAnswer } from "./attempt.ts";
import { ambiguous } from "./attempt.ts";
import type { Io } from "./io.ts";
import { note, noted } from "./memory.ts";
import type { Plan, Secrets, Step } from "./plan.ts";
import type { Outcome, Report } from "./report.ts";
import { plainCode } from "./report.ts";

/** Kept for each vendor that was not asked yet, and the most for asking one the second time. */
const reserveMs = 2_000;
/** Later attempts are shortened so that more than one of them fits into this. */
const promptMs = 10_000;
/** The shortest attempt worth making. */
const leastMs = 800;

/** A message, made for the step that sends it. */
export interface Delivery<M> {
  readonly steps: readonly Step<M>[];
  /** Idempotency key. */
  readonly key: string;
  /** Whether it holds a code that dies. */
  readonly expires: boolean;
  /** @param lifetimeS - seconds for which the code still works */
  readonly message: (step: Step<M>, lifetimeS: number) => M;
}

/** `Retry-After` in milliseconds: seconds or a date. */
function retryAfter(answer: HttpResponse | NoAnswer, now: number): number {
  const value = "headers" in answer ? (answer.headers["retry-after"] ?? "0") : "0";
  return Number(value) * 1000 || Date.parse(value) - now || 0;
}

/**
 * Delivers one message: asks vendors in order until one accepts or rejects it, round after round
 * while time allows.
 *
 * @param began - when the execution began, in milliseconds since 1970
 * @param report - takes what happened
 * @returns the outcome; throws for nothing that a vendor or the cache does
 */
export async function deliver<M>(
  io: Io,
  plan: Plan<M>,
  delivery: Delivery<M>,
  secrets: Secrets,
  began: number,
  report: Report,
): Promise<Outcome> {
  const { steps, key, expires } = delivery;
  const sent = await noted(io, "sent", key);
  if (sent && began - sent[0] < plan.lifetimeMs) return "repeated";
  const [firstSeen, start] = (await noted(io, "late", key)) ?? [began, 0];
  const dies = expires ? firstSeen + plan.lifetimeMs : Infinity;
  if (began >= dies) return "expired";
  const deadline = Math.min(began + plan.deadlineMs, dies);

  const down = (await plan.health?.down(io)) ?? (() => false);
  const candidates = [...steps.slice(start), ...steps.slice(0, start)]
    .map((step) => ({ step, tried: false, closed: false, from: 0 }))
    .sort((a, b) => Number(down(a.step.id)) - Number(down(b.step.id)));
  let untried = candidates.length;

  for (let round = 0; ; round++) {
    for (const candidate of candidates) {
      const { step, tried } = candidate;
      const left = deadline - io.now();
      if (left < leastMs) break;
      if (candidate.closed || candidate.from > io.now()) continue;
      if (!tried) untried--;
      candidate.tried = true;
      const prompt = began + promptMs - io.now();
      let limit = Math.min(step.timeoutMs, left - reserveMs * untried);
      if (report.attempts && prompt > reserveMs)
        limit = Math.min(limit, Math.max(reserveMs, prompt / 2));
      const call = (ms: number) => {
        report.attempts++;
        return ask(
          io,
          step,
          plan,
          delivery,
          secrets,
          firstSeen,
          Math.min(left, Math.max(leastMs, ms)),
        );
      };
      let { answer, verdict } = await call(limit);
      // It may have the message: asked again with the same key, it says so and sends nothing.
      const spare = deadline - io.now() - reserveMs * untried;
      if (step.vendor.idempotent && ambiguous(answer) && spare > reserveMs)
        ({ answer, verdict } = await call(Math.min(limit, reserveMs)));

      report.vendor = step.id;
      report.status = "error" in answer ? answer.error : answer.status;
      report.code = plainCode(verdict.code);
      if (verdict.kind === "accepted") {
        await note(io, "sent", key, [io.now(), 0]);
        return "accepted";
      }
      if (verdict.kind === "rejected") {
        if (!verdict.otherChannel) return "rejected";
        for (const other of candidates) other.closed ||= other.step.channel === step.channel;
      }
      if (verdict.kind === "misconfigured") {
        candidate.closed = true;
        (report.config ??= []).push(step.id);
      }
      candidate.from = io.now() + retryAfter(answer, io.now());
    }
    const open = candidates.filter(({ closed }) => !closed);
    if (!open.length && !report.config) return "rejected";
    const rest = Math.min(4_000, 250 * 2 ** round) * (0.5 + io.random() / 2);
    const next = Math.max(rest, Math.min(...open.map(({ from }) => from)) - io.now());
    if (io.now() + next + leastMs > deadline) break;
    await new Promise<void>((resolve) => io.after(next, resolve));
  }
  const first = candidates.findIndex(({ tried }) => !tried);
  const following = first < 0 ? start + 1 : (start + first) % steps.length;
  await note(io, "late", key, [firstSeen, following % steps.length]);
  return "failed";
}
