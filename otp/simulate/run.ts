import type { Channel } from "../../config/environment.ts";
import { ActionCache } from "../../emulator/runtime/cache.ts";
import { assumed } from "./assumptions.ts";
import { Faults } from "./faults.ts";
import { leakFinder } from "./leaks.ts";
import type { Message } from "./messages.ts";
import { drawMessages, eventOf, finder } from "./messages.ts";
import type { Listener, Seen } from "./network.ts";
import { network } from "./network.ts";
import type { Scenario } from "./scenarios.ts";
import { VirtualClock } from "./sandbox/clock.ts";
import type { Handler } from "./sandbox/instance.ts";
import { instance } from "./sandbox/instance.ts";
import { seedOf, seeded } from "./sandbox/random.ts";

/** An Action with everything that a play needs to know of it. */
export interface Actor {
  readonly name: string;
  readonly channel: Channel;
  /** CommonJS source. */
  readonly code: string;
  readonly handler: string;
  readonly listeners: readonly Listener[];
  /** The vendor that is asked first while all are well. */
  readonly first: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly lifetimeMs: number;
  /** What phone numbers begin with. */
  readonly numbers: string;
}

export interface PlayOptions {
  /** Messages, before the scenario's own multiple. */
  readonly messages: number;
  readonly seed: number;
  /** The cache is empty at the start of each execution. */
  readonly forgetful: boolean;
}

/** What happened. */
export interface Play {
  readonly messages: readonly Message[];
  readonly seen: Seen;
  readonly faults: Faults;
  readonly executions: number;
  /** Executions over 18 s, and those that Auth0 ended at 20 s. */
  readonly over18s: number;
  readonly over20s: number;
  /** Executions that reported an acceptance while no vendor had the message. */
  readonly falseReports: number;
  /** Log lines and reasons that hold a code, a recipient or a secret. */
  readonly leaks: number;
}

type Told = Exclude<Message["told"], "nothing">;

/** Plays one scenario: messages come, Auth0 runs the Action, vendors answer, until all is over. */
export async function play(
  actor: Actor,
  scenario: Scenario,
  { messages: asked, seed, forgetful }: PlayOptions,
): Promise<Play> {
  const { channel, code, handler, listeners, secrets, lifetimeMs, numbers } = actor;
  // Ours and the sample get the same messages; the network's chances follow the calls made.
  const count = Math.round(asked * (scenario.times ?? 1));
  const { messagesPerSecond: perSecond, start } = assumed;
  const messages = drawMessages(
    { channel, count, perSecond, start, bad: scenario.badRecipients ?? 0, numbers },
    seeded(seedOf(seed, `${channel} ${scenario.name}`)),
  );
  const random = seeded(seedOf(seed, `${actor.name} ${channel} ${scenario.name}`));
  const clock = new VirtualClock(start);
  const span = { start, end: start + (count / perSecond) * 1_000 };
  const faults = new Faults(scenario, span, actor.first, listeners.length < 2);
  const find = finder(channel, messages);
  const { call, seen } = network({ clock, random, listeners, faults, find, lifetimeMs });
  const shared = new ActionCache(() => clock.now());
  const tally = { executions: 0, over18s: 0, over20s: 0, falseReports: 0, leaks: 0 };
  const leaking = leakFinder(messages, secrets);
  const hear = (line: string) => {
    if (leaking(line)) tally.leaks++;
  };
  const world = { clock, network: call, random, log: hear };
  const handlers = Array.from({ length: assumed.instances }, () => instance(code, handler, world));

  const execute = (message: Message, attempt: number) => {
    const began = clock.now();
    tally.executions++;
    message.executions.push(began);
    let told: Told = "accepted";
    let over = false;
    const end = () => {
      if (over) return;
      over = true;
      stop();
      const ms = clock.now() - began;
      if (ms > 18_000) tally.over18s++;
      if (ms >= assumed.executionMs) tally.over20s++;
      message.told = told;
      if (told === "accepted" && !message.copies.length) tally.falseReports++;
      const pause = assumed.retriesMs[attempt];
      if (told === "retry" && pause !== undefined)
        clock.after(pause, () => {
          execute(message, attempt + 1);
        });
    };
    const stop = clock.after(assumed.executionMs, () => {
      told = "retry";
      end();
    });
    const say = (outcome: Told) => (reason: string) => {
      if (!over) told = outcome;
      hear(reason);
    };
    const api = {
      notification: { retry: say("retry"), drop: say("drop") },
      cache: forgetful ? new ActionCache(() => clock.now()) : shared,
    };
    const run: Handler | undefined = handlers[Math.floor(random() * handlers.length)];
    run?.(eventOf(message, channel, secrets), api).then(end, () => {
      if (!over) told = "retry";
      end();
    });
  };

  const come = (index: number) => {
    const message = messages[index];
    if (!message) return;
    clock.after(message.born - clock.now(), () => {
      execute(message, 0);
      come(index + 1);
    });
  };
  come(0);
  await clock.run();
  return { messages, seen, faults, ...tally };
}
