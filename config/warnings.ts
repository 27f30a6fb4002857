import { messageTypes } from "../actions/auth0.ts";
import type { EmailDelivery, Environment, PhoneDelivery, VendorEntry } from "./environment.ts";
import { channels, mediaOf } from "./environment.ts";
import type { Channel } from "./channels.ts";
import { routeWarnings } from "./route-warnings.ts";
import { senderWarnings } from "./sender-warnings.ts";
import { registry } from "./vendors.ts";

/** Something in an environment that works, and that its author should know of. */
export interface ConfigWarning {
  readonly kind:
    | "one-vendor"
    | "any-country"
    | "no-country"
    | "route-never-matches"
    | "route-sends-nothing"
    | "vendor-cannot-serve"
    | "sender-forbidden"
    | "domain-from-variable";
  /** The field that it is about, e.g. `phone.routes[1]`. */
  readonly field: string;
  /** What should be there, for a table; completes "expected …". */
  readonly expected: string;
  /** What is there. */
  readonly got: string;
  /** What to do, as a sentence without its full stop. */
  readonly todo: string;
}

/** Whether Auth0 sends a code in a message of this type. */
export const carriesCode = (type: string): boolean =>
  type.endsWith("_code") || type.startsWith("otp_");

/** What the environment's messages of a channel go out by: `email`, or the methods it offers. */
const methodsOf = ({ phone }: Environment, channel: Channel): readonly string[] =>
  channel === "email" ? ["email"] : (phone?.methods ?? []);

const serves = (entry: VendorEntry, environment: Environment, method: string) =>
  mediaOf(entry, environment).some((medium) => (medium === "voice") === (method === "voice"));

function oneVendor(environment: Environment, channel: Channel): ConfigWarning[] {
  const vendors = environment[channel]?.vendors ?? [];
  return methodsOf(environment, channel).flatMap((method) => {
    const able = vendors.filter((entry) => serves(entry, environment, method));
    const what = method === "email" ? "e-mail" : method === "voice" ? "calls" : "text messages";
    return able.length !== 1
      ? []
      : {
          kind: "one-vendor" as const,
          field: `${channel}.vendors`,
          expected: `two vendors for ${what}`,
          got: able[0]?.id ?? "",
          todo: `add a second vendor for ${what}: while ${able[0]?.id ?? "it"} is down, nobody can log in with a code`,
        };
  });
}

/** Vendors whose templates hold nothing but a code. */
const codesOnly = (channel: Channel, entry: VendorEntry) => {
  const needsCode = registry[channel][entry.vendor]?.vendor.needsCode;
  return needsCode ?? entry.channels.every((medium) => medium === "whatsapp");
};

function cannotServe(
  channel: Channel,
  { vendors }: EmailDelivery | PhoneDelivery,
): ConfigWarning[] {
  const types = messageTypes[channel].filter((type) => !carriesCode(type)).join(", ");
  const limited = vendors.filter((entry) => codesOnly(channel, entry));
  const others = limited.length < vendors.length;
  return limited.map(({ id, vendor }) => ({
    kind: "vendor-cannot-serve",
    field: `${channel}.vendors`,
    expected: "vendors that can send every type of message",
    got: `${id}, which sends codes only`,
    todo: others
      ? `know that ${types} skip ${vendor} and go to the other vendors`
      : `add a vendor that sends any text: ${types} are refused now`,
  }));
}

function anyCountry({ phone }: Environment): ConfigWarning[] {
  if (!phone || phone.countries?.allow) return [];
  return [
    {
      kind: "any-country",
      field: "phone.countries.allow",
      expected: "the countries that codes may go to",
      got: "all countries",
      todo: "list the countries of your users: fraud (SMS pumping) sends codes to expensive ones",
    },
  ];
}

function noCountry({ phone }: Environment): ConfigWarning[] {
  const { allow, deny = [] } = phone?.countries ?? {};
  if (!allow?.every((area) => deny.includes(area))) return [];
  return [
    {
      kind: "no-country",
      field: "phone.countries.deny",
      expected: "fewer than phone.countries.allow",
      got: "all that is allowed",
      todo: "take out of deny what codes may go to: no phone message is sent now",
    },
  ];
}

function domain({ protect, domainFromVariable }: Environment): ConfigWarning[] {
  if (!protect || domainFromVariable === undefined) return [];
  return [
    {
      kind: "domain-from-variable",
      field: "domain",
      expected: "a domain that the file itself names",
      got: `the variable ${domainFromVariable}`,
      todo: `write the domain into the file: whoever can set ${domainFromVariable} gets the tenant's credentials`,
    },
  ];
}

/**
 * What is allowed in an environment and yet is seldom meant: one vendor only, no allowed countries,
 * routes that can never match, vendors that cannot serve a type of message, senders that a country
 * forbids, a domain that a variable decides.
 */
export function configWarnings(environment: Environment): ConfigWarning[] {
  return [
    ...domain(environment),
    ...channels.flatMap((channel) => {
      const delivery = environment[channel];
      return delivery
        ? [
            ...oneVendor(environment, channel),
            ...cannotServe(channel, delivery),
            ...routeWarnings(environment, channel),
          ]
        : [];
    }),
    ...anyCountry(environment),
    ...noCountry(environment),
    ...senderWarnings(environment),
  ];
}
