import type { HttpResponse, Verdict } from "../vendors/vendor.ts";
import type { NoAnswer } from "./attempt.ts";
import { attempt } from "./attempt.ts";
import { asked, asking, passedOver } from "./health.ts";
import type { Io } from "./io.ts";
import { pause } from "./io.ts";
import { known, noteLate, noteSent } from "./memory.ts";
import type { Plan, Step } from "./plan.ts";
import type { Report } from "./report.ts";
import { safeCode } from "./report.ts";
import { fetchToken, forgetToken } from "./token.ts";

/** Kept for each vendor that was not asked yet. */
const reserveMs = 2_000;
/** After the first attempt, attempts are shortened so that two more fit in the first ten seconds. */
const promptMs = 10_000;
/** Shortest attempt worth making. */
const leastMs = 800;

/** A message, made for the step that sends it. */
export interface Delivery<M> {
  readonly steps: readonly Step<M>[];
  readonly key: string;
  /** Whether it holds a code that dies. */
  readonly expires: boolean;
  /** @param lifetimeS - seconds for which the code still works */
  readonly message: (step: Step<M>, lifetimeS: number) => M;
}

interface Candidate<M> {
  readonly step: Step<M>;
  /** Asked before in this execution. */
  tried: boolean;
  /** Out for this execution. */
  closed: boolean;
  /** Asked us to wait until then. */
  notBefore: number;
}

/** `Retry-After` in milliseconds; dates are read against the given time. */
function retryAfter(response: HttpResponse, now: number): number {
  const value = response.headers["retry-after"] ?? "";
  const seconds = Number(value || NaN);
  return Math.max(0, Number.isNaN(seconds) ? Date.parse(value) - now || 0 : seconds * 1000);
}

/**
 * Delivers one message: asks vendors in order until one accepts or rejects it, round after round
 * while time allows.
 *
 * @param began - when the execution began, in milliseconds since 1970
 * @returns what happened; never throws for anything that a vendor does
 */
export async function deliver<M>(
  { steps, key, expires, message }: Delivery<M>,
  plan: Plan<M>,
  secrets: Readonly<Record<string, string>>,
  io: Io,
  began: number,
): Promise<Report> {
  const { clock, cache } = io;
  const report: Report = { outcome: "failed", attempts: 0, ms: 0, misconfigured: [] };
  const end = (outcome: Report["outcome"]): Report => {
    return { ...report, outcome, ms: clock.now() - began };
  };

  const { sent, firstSeen, start } = await known(cache, key, began, plan.lifetimeMs);
  if (sent) return end("repeated");
  const dies = expires ? firstSeen + plan.lifetimeMs : Infinity;
  if (clock.now() >= dies) return end("expired");
  const deadline = Math.min(began + plan.deadlineMs, dies);

  const down = await passedOver(cache, clock.now());
  const first = start % Math.max(1, steps.length);
  const candidates: Candidate<M>[] = [...steps.slice(first), ...steps.slice(0, first)]
    .map((step) => ({ step, tried: false, closed: false, notBefore: 0 }))
    .sort((a, b) => Number(down.has(a.step.id)) - Number(down.has(b.step.id)));

  /** One call to a vendor, and what it means. */
  const ask = async ({ step }: Candidate<M>, limitMs: number) => {
    const { vendor, id, settings } = step;
    const asksAt = clock.now();
    report.attempts++;
    report.vendor = id;
    delete report.code;
    await asking(cache, id, asksAt);
    let answer: HttpResponse | NoAnswer = { error: "request", ambiguous: false };
    let verdict: Verdict = { kind: "unavailable" };
    try {
      const own = Object.fromEntries(
        Object.entries(step.secrets).map(([property, name]) => [property, secrets[name] ?? ""]),
      );
      const token = await fetchToken(io, step, own, limitMs);
      if (typeof token === "string") {
        const now = clock.now();
        const lifetimeS = Math.max(
          1,
          Math.floor((Math.min(dies, now + plan.lifetimeMs) - now) / 1000),
        );
        const input = {
          message: message(step, lifetimeS),
          settings,
          secrets: own,
          key,
          now,
          token,
        };
        answer = await attempt(io, await vendor.request(input), limitMs - (now - asksAt));
        if ("status" in answer) verdict = vendor.verdict(answer);
      } else ({ answer, verdict } = token);
    } catch {
      // A vendor's code that trips over a message or an answer is a vendor that cannot.
    }
    const now = clock.now();
    const answered = "status" in answer;
    report.status = "status" in answer ? answer.status : answer.error;
    const code = safeCode(verdict.code);
    if (code !== undefined) report.code = code;
    const misconfigured = verdict.kind === "misconfigured";
    const well = verdict.kind === "accepted" || verdict.kind === "rejected";
    await asked(cache, id, now, { ms: now - asksAt, answered, well, misconfigured });
    if (misconfigured) await forgetToken(cache, step);
    return { answer, verdict };
  };

  for (let round = 0; ; round++) {
    for (const candidate of candidates) {
      const now = clock.now();
      if (candidate.closed || candidate.notBefore > now) continue;
      const { step } = candidate;
      const untried = candidates.filter((other) => !other.tried && other !== candidate).length;
      const left = deadline - now;
      let limit = Math.min(step.timeoutMs, left - reserveMs * Math.min(untried, 3));
      const promptly = began + promptMs - now;
      if (report.attempts && promptly > reserveMs)
        limit = Math.min(limit, Math.max(reserveMs, promptly / 2));
      if (limit < leastMs) limit = Math.min(left, leastMs);
      if (left < leastMs) break;
      candidate.tried = true;
      let { answer, verdict } = await ask(candidate, limit);
      if (step.vendor.idempotent && "ambiguous" in answer && answer.ambiguous) {
        // It may have the message: asked again with the same key, it says so and sends nothing.
        const again = Math.min(limit, reserveMs, deadline - clock.now() - reserveMs * untried);
        if (again >= leastMs) ({ answer, verdict } = await ask(candidate, again));
      }
      if (verdict.kind === "accepted") {
        await noteSent(cache, key, clock.now());
        return end("accepted");
      }
      if (verdict.kind === "rejected") {
        if (!verdict.otherChannel) return end("rejected");
        for (const other of candidates)
          if (other.step.channel === step.channel) other.closed = true;
      }
      if (verdict.kind === "misconfigured") {
        candidate.closed = true;
        report.misconfigured.push(step.id);
      }
      if ("status" in answer) candidate.notBefore = clock.now() + retryAfter(answer, clock.now());
    }
    const open = candidates.filter(({ closed }) => !closed);
    if (!open.length && !report.misconfigured.length) return end("rejected");
    const now = clock.now();
    const rest = Math.min(4_000, 250 * 2 ** round) * (0.5 + io.random() / 2);
    const next = Math.max(now + rest, Math.min(...open.map(({ notBefore }) => notBefore)));
    if (!open.length || next + leastMs > deadline) break;
    await pause(clock, next - now);
  }
  const untried = candidates.find(({ tried }) => !tried)?.step;
  const following = untried ? steps.indexOf(untried) : first + 1;
  await noteLate(cache, key, clock.now(), firstSeen, following % Math.max(1, steps.length));
  return end("failed");
}
