import type { Channel } from "../../config/environment.ts";
import { assumed } from "./assumptions.ts";
import type { SandboxCache } from "./cache.ts";
import { cacheWith } from "./cache.ts";
import { Containers } from "./containers.ts";
import { Faults } from "./faults.ts";
import { LeakFinder } from "./leaks.ts";
import { MessageBook } from "./message-book.ts";
import type { ExecutionOutcome, Message } from "./messages.ts";
import { drawMessages, eventOf, newMessage } from "./messages.ts";
import type { Seen, VendorEndpoint } from "./network.ts";
import { network } from "./network.ts";
import type { Scenario } from "./scenario.ts";
import { usualPerHour } from "./scenario.ts";
import { VirtualClock } from "./sandbox/clock.ts";
import { sandbox } from "./sandbox/sandbox.ts";
import { seedOf, seeded } from "./sandbox/random.ts";

/** An Action with everything that a run needs to know of it. */
export interface ActionUnderTest {
  readonly name: string;
  readonly channel: Channel;
  /** CommonJS source. */
  readonly code: string;
  readonly handler: string;
  readonly endpoints: readonly VendorEndpoint[];
  /** The vendor that gets the first message while all are well. */
  readonly primary: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly lifetimeMs: number;
  /** What phone numbers begin with: most, and those to a destination that is refused. */
  readonly numbers: readonly [usual: string, other: string];
}

export interface RunOptions {
  readonly messages: number;
  readonly seed: number;
  /**
   * The cache is empty at the start of each execution.
   *
   * @default false
   */
  readonly coldCache?: boolean;
}

/** What happened in one run of a scenario. */
export interface Run {
  readonly scenario: Scenario;
  readonly primary: string;
  readonly lifetimeMs: number;
  /** In the order in which they were asked for. */
  readonly messages: readonly Message[];
  readonly book: MessageBook;
  readonly seen: Seen;
  readonly faults: Faults;
  readonly executions: number;
  /** The most executions in flight at once. */
  readonly inFlight: number;
  /** Executions that Auth0 refused at the tenant's limit. */
  readonly refused: number;
  /** Executions over 18 s, and those that Auth0 ended at 20 s. */
  readonly over18s: number;
  readonly over20s: number;
  /** Executions that reported an acceptance while no vendor had the message. */
  readonly falseReports: number;
  /** Log lines and reasons that hold a code, a recipient or a secret. */
  readonly leaks: number;
}

/** Whether a message's user has a code that works: the newest that was asked for. */
function hasCode(book: MessageBook, message: Message): boolean {
  return (book.of(message).at(-1)?.copies.length ?? 0) > 0;
}

/**
 * Runs one scenario: messages come, Auth0 runs the Action, vendors answer, until all is over. The
 * same seed gives the same run.
 */
export async function runScenario(
  action: ActionUnderTest,
  scenario: Scenario,
  { messages: count, seed, coldCache = false }: RunOptions,
): Promise<Run> {
  const { channel, code, handler, endpoints, secrets, lifetimeMs, numbers, primary } = action;
  const { perHour = usualPerHour, executionLimit = Infinity, askAgainS } = scenario;
  const { start } = assumed;
  // All contenders get the same messages; the network's chances follow the calls made.
  const arrivals = seeded(seedOf(seed, `${channel} ${scenario.name}`));
  const random = seeded(seedOf(seed, `${action.name} ${channel} ${scenario.name}`));
  const { badRecipients = 0, refusedPerMinute = 0 } = scenario;
  const messages = drawMessages(
    { channel, count, perHour, start, badRecipients, refusedPerMinute, numbers },
    arrivals,
  );
  const firsts = messages.length;

  const clock = new VirtualClock(start);
  const span = { start, end: start + (count / perHour) * 3_600_000 };
  const faults = new Faults(scenario, span, primary, endpoints.length < 2);
  const book = new MessageBook(channel);
  const leakFinder = new LeakFinder(secrets);
  const register = (message: Message) => {
    book.add(message);
    leakFinder.add(message);
  };
  messages.forEach(register);

  const tally = {
    ...{ executions: 0, inFlight: 0, refused: 0, over18s: 0, over20s: 0 },
    ...{ falseReports: 0, leaks: 0 },
  };
  const onText = (text: string) => {
    if (leakFinder.leaks(text)) tally.leaks++;
  };
  const options = { clock, random, endpoints, primary, faults, book, lifetimeMs };
  const { call, seen } = network(options);
  const containers = new Containers(
    () => sandbox(code, handler, { clock, network: call, random, onLog: onText }),
    random,
  );
  const shared = cacheWith(scenario.cache, clock, random);
  const cache = (): SandboxCache => (coldCache ? cacheWith(scenario.cache, clock, random) : shared);

  let inFlight = 0;
  const runAgain = (message: Message, attempt: number) => {
    const pause = assumed.retriesMs[attempt];
    if (pause === undefined) return;
    clock.after(pause, () => {
      execute(message, attempt + 1);
    });
  };

  const execute = (message: Message, attempt: number) => {
    if (inFlight >= executionLimit) {
      tally.refused++;
      runAgain(message, attempt);
      return;
    }
    const began = clock.now();
    inFlight++;
    tally.executions++;
    tally.inFlight = Math.max(tally.inFlight, inFlight);
    message.executions.push(began);
    let outcome: ExecutionOutcome = "accepted";
    let over = false;
    const end = () => {
      if (over) return;
      over = true;
      inFlight--;
      stop();
      const ms = clock.now() - began;
      if (ms > 18_000) tally.over18s++;
      if (ms >= assumed.executionMs) tally.over20s++;
      message.outcome = outcome;
      const had = message.copies.length > 0 || message.swallowed;
      if (outcome === "accepted" && !had) tally.falseReports++;
      if (outcome === "retry") runAgain(message, attempt);
    };
    const fail = () => {
      if (!over) outcome = "retry";
      end();
    };
    const stop = clock.after(assumed.executionMs, fail);
    const tell = (told: ExecutionOutcome) => (reason: string) => {
      if (!over) outcome = told;
      onText(reason);
    };
    const api = { notification: { retry: tell("retry"), drop: tell("drop") }, cache: cache() };
    containers
      .handler(began)(eventOf(message, channel, secrets), api)
      .then(end, fail);
  };

  const request = (message: Message) => {
    execute(message, 0);
    if (askAgainS === undefined || message.repeat >= assumed.asksAgain) return;
    clock.after(askAgainS * 1_000, () => {
      if (hasCode(book, message)) return;
      const { recipient, repeat, bad, refusedDestination } = message;
      const again = newMessage(
        {
          ...{ recipient, bad, refusedDestination, repeat: repeat + 1 },
          ...{ index: messages.length, requestedAt: clock.now() },
        },
        random,
      );
      messages.push(again);
      register(again);
      request(again);
    });
  };

  const arrive = (index: number) => {
    const message = messages[index];
    if (!message || index >= firsts) return;
    clock.after(message.requestedAt - clock.now(), () => {
      request(message);
      arrive(index + 1);
    });
  };
  arrive(0);
  await clock.run();
  return { scenario, primary, lifetimeMs, messages, book, seen, faults, ...tally };
}
