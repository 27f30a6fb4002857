import type { Allowed } from "../actions/delivery/countries.ts";
import type { Mailbox } from "../actions/delivery/message.ts";
import type { Route } from "../actions/delivery/route.ts";
import type { BackendInput } from "./define.ts";

/** One vendor of a channel, checked and complete. */
export interface VendorEntry {
  readonly vendor: string;
  readonly id: string;
  readonly timeoutMs: number;
  /** `["email"]`, or the phone channels that it serves, in order. */
  readonly channels: readonly string[];
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** Names of secrets by the vendor's property. */
  readonly secrets: Readonly<Record<string, string>>;
}

interface Delivery {
  readonly vendors: readonly VendorEntry[];
  readonly routes: readonly Route[];
  readonly deadlineMs: number;
  readonly lifetimeS: number;
}

export interface EmailDelivery extends Delivery {
  readonly from: Mailbox;
  readonly replyTo?: Mailbox;
  readonly passwordless?: {
    readonly subject: string;
    readonly body: string;
    readonly clients: readonly string[];
  };
}

export interface PhoneDelivery extends Delivery {
  readonly from?: string;
  readonly senders?: Readonly<Record<string, string>>;
  readonly methods: readonly ("text" | "voice")[];
  readonly countries?: Allowed & { readonly voice?: Allowed };
  readonly webOtp?: string;
  readonly passwordless?: { readonly template: string; readonly clients: readonly string[] };
}

/** An environment as everything but its author sees it: checked, with all defaults filled in. */
export interface Environment {
  readonly name: string;
  readonly domain: string;
  readonly backend: BackendInput;
  readonly email?: EmailDelivery;
  readonly phone?: PhoneDelivery;
  readonly protect: boolean;
  readonly secretsVersion?: number;
  /** Name of the environment that goes before this one. */
  readonly promotedFrom?: string;
  /** The file it was read from, absolute. */
  readonly file: string;
}

export type Channel = "email" | "phone";
export const channels: readonly Channel[] = ["email", "phone"];

/** Names of the secrets that a channel's vendors need, each once, sorted. */
export function secretNames(delivery: { readonly vendors: readonly VendorEntry[] }): string[] {
  return [...new Set(delivery.vendors.flatMap(({ secrets }) => Object.values(secrets)))].sort();
}

/** The channels that an environment uses a vendor on: calls only where it offers them. */
export function waysOf(
  { channels: served }: VendorEntry,
  { phone }: Pick<Environment, "phone">,
): string[] {
  return served.filter((way) => way !== "voice" || phone?.methods.includes("voice"));
}
