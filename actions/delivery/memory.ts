import type { Circuit } from "./circuit-breaker.ts";
import { isOpen, newCircuit } from "./circuit-breaker.ts";
import type { Io } from "./io.ts";
import { readCache, writeCache } from "./io.ts";
import { SentMessages } from "./sent-messages.ts";

const keptMs = 60 * 60_000;
/** Of the cache's 8,192 bytes; waiting messages and a token share the rest. */
const memoryBytes = 2_100;
/** How long a container's word about its executions is believed, in milliseconds. */
const countedMs = 10_000;
/** After an operation of the cache that did not end in time, it is left alone for this long. */
const cacheRestMs = 30_000;

/** What is known of a vendor's calls that are on their way, in this container alone. */
export interface CallsInFlight {
  /** Since when nobody was answered, though somebody waits; 0 if nobody does. */
  silentSince: number;
  /** Calls since then. */
  unanswered: number;
  /** When the last probe began. */
  probedAt: number;
}

/** What is stored of a container: executions that run, and when it said so. */
type Container = readonly [running: number, at: number];

/** The members of a circuit in order: names would take half of the room. */
type Numbers = readonly [number, number, number, number, number, number, string];

interface Stored {
  readonly v?: Record<string, Numbers>;
  readonly c?: Record<string, Container>;
  readonly d?: string;
}

const hundredths = (value: number) => Math.round(value * 100) / 100;

const pack = ({ successes, failures, ...circuit }: Circuit): Numbers => [
  hundredths(successes),
  hundredths(failures),
  circuit.changedAt,
  circuit.openUntil,
  circuit.openings,
  circuit.downSince,
  circuit.blamed,
];

function unpack(numbers: Numbers): Circuit {
  const [successes, failures, changedAt, openUntil, openings, downSince, blamed] = numbers;
  return { successes, failures, changedAt, openUntil, openings, downSince, blamed };
}

/**
 * All that one execution knows of others, in two layers: this object, which lives as long as the
 * container, and `api.cache`, by which containers learn from each other. Either may be lost at any
 * time; the newer entry wins.
 */
export class Memory {
  readonly messages = new SentMessages();
  readonly inFlight = new Map<string, CallsInFlight>();
  readonly tokens = new Map<string, { readonly token: string; readonly until: number }>();
  /** Executions of this container that run now. */
  running = 0;
  readonly #circuits = new Map<string, Circuit>();
  #containers: Record<string, Container> = {};
  #name = "";
  #read = { memory: "", waiting: "" };
  #cacheRestsUntil = 0;

  /** Learns what other containers know: one read, both entries at once. */
  async read(io: Io): Promise<void> {
    const now = io.now();
    this.#name ||= Math.floor(io.random() * 1e6).toString(36);
    if (now < this.#cacheRestsUntil) return;
    const [memory, waiting] = await Promise.all([
      readCache(io, "memory"),
      readCache(io, "waiting"),
    ]);
    this.#restIfSlow(io, now);
    if (memory && memory !== this.#read.memory) this.#merge(memory, io.now());
    if (waiting && waiting !== this.#read.waiting) this.messages.mergeWaiting(waiting, io.now());
    this.#read = { memory, waiting };
  }

  /** Whether each vendor's circuit breaker is open. */
  breakers(now: number): Record<string, boolean> {
    return Object.fromEntries([...this.#circuits].map(([id, one]) => [id, isOpen(one, now)]));
  }

  /** Tells other containers: one write. */
  async write(io: Io, failed: boolean): Promise<void> {
    const now = io.now();
    if (now < this.#cacheRestsUntil) return;
    this.#containers[this.#name] = [this.running - 1, now];
    const stored: Stored = {
      v: Object.fromEntries([...this.#circuits].map(([id, circuit]) => [id, pack(circuit)])),
      c: this.#containers,
    };
    const states = JSON.stringify(stored);
    const delivered = this.messages.deliveredText(memoryBytes - states.length);
    const memory = `${states.slice(0, -1)},"d":${JSON.stringify(delivered)}}`;
    // What comes back as it was written tells nothing new.
    this.#read.memory = memory;
    const writes = [writeCache(io, "memory", memory, keptMs)];
    if (failed) writes.push(writeCache(io, "waiting", this.messages.waitingText(now), keptMs));
    await Promise.all(writes);
    this.#restIfSlow(io, now);
  }

  /** Executions that run now, as far as is known. */
  executions(now: number): number {
    let all = this.running;
    for (const [name, [running, at]] of Object.entries(this.#containers))
      if (name !== this.#name && now - at < countedMs) all += running;
    return all;
  }

  circuit(vendor: string): Circuit {
    let circuit = this.#circuits.get(vendor);
    if (!circuit) this.#circuits.set(vendor, (circuit = newCircuit()));
    return circuit;
  }

  calls(vendor: string): CallsInFlight {
    let calls = this.inFlight.get(vendor);
    if (!calls) this.inFlight.set(vendor, (calls = { silentSince: 0, unanswered: 0, probedAt: 0 }));
    return calls;
  }

  #merge(text: string, now: number): void {
    let stored: Stored;
    try {
      stored = JSON.parse(text) as Stored;
      for (const [id, theirs] of Object.entries(stored.v ?? {}))
        if (theirs[2] > this.circuit(id).changedAt && theirs[2] <= now)
          this.#circuits.set(id, unpack(theirs));
      for (const [name, theirs] of Object.entries(stored.c ?? {}))
        if (now - theirs[1] < countedMs && theirs[1] > (this.#containers[name]?.[1] ?? 0))
          this.#containers[name] = theirs;
      for (const [name, [, at]] of Object.entries(this.#containers))
        if (now - at >= countedMs) Reflect.deleteProperty(this.#containers, name);
      this.messages.mergeDelivered(stored.d ?? "", now);
    } catch {
      // What we did not write tells nothing.
    }
  }

  #restIfSlow(io: Io, began: number): void {
    if (io.now() - began >= 190) this.#cacheRestsUntil = io.now() + cacheRestMs;
  }
}
