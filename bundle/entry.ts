import type {
  Channel,
  Environment,
  EmailDelivery,
  PhoneDelivery,
  VendorEntry,
} from "../config/environment.ts";
import * as routeConditions from "../actions/delivery/conditions.ts";
import { mediaOf } from "../config/environment.ts";
import { registry } from "../config/vendors.ts";
import type { CountryTable } from "./countries.ts";
import { onePerLine } from "./one-per-line.ts";

const shells = {
  email: { file: "custom-email-provider.ts", name: "customEmailProvider" },
  phone: { file: "custom-phone-provider.ts", name: "customPhoneProvider" },
} as const;

/** The name that each trigger's handler is exported by. */
export const handlers: Readonly<Record<Channel, string>> = {
  email: "onExecuteCustomEmailProvider",
  phone: "onExecuteCustomPhoneProvider",
};

/** `aws-end-user-messaging` is exported as `awsEndUserMessaging`. */
const exported = (vendor: string) =>
  vendor.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** A value as JavaScript; `undefined` for one that is not declared. */
const literal = (value: unknown) => (value === undefined ? undefined : onePerLine(value));

/** An object as JavaScript; members without a source are left out. */
const objectOf = (members: Readonly<Record<string, string | undefined>>) =>
  // A line for each: esbuild keeps an object on one line if its source is.
  `{\n${Object.entries(members)
    .filter(([, source]) => source !== undefined)
    .map(([name, source]) => (source === name ? name : `${name}: ${String(source)}`))
    .join(",\n")}\n}`;

/** What routes ask for, by the names that their fields and the engine's functions share. */
const conditionNames = Object.keys(routeConditions);

/** Something of the engine or a vendor's file that a bundle imports. */
interface Import {
  readonly name: string;
  /** From `actions/`. */
  readonly file: string;
}

/** The steps of one vendor: one for each channel on which the environment uses it. */
function steps({ vendor, id, ...entry }: VendorEntry, ways: readonly string[]) {
  const secrets = Object.entries(entry.secrets).map(([property, name]) => [
    property,
    `all.${name}`,
  ]);
  const step = (way: string) =>
    objectOf({
      id: literal(id),
      medium: way,
      vendor: exported(vendor),
      timeoutMs: literal(entry.timeoutMs),
      settings: literal(entry.settings),
      secrets: `(all) => (${objectOf(Object.fromEntries(secrets) as Record<string, string>)})`,
    });
  return ways.length === 1
    ? step(onePerLine(ways[0]))
    : `...${onePerLine(ways)}.map((medium) => (${step("medium")}))`;
}

/** Where the channel's executions send what they say of themselves. */
function telemetry({ name, telemetry: declared }: Environment, channel: Channel) {
  if (!declared) return undefined;
  const headers = Object.entries(declared.headers).map(([header, { secret }]) => [
    JSON.stringify(header),
    `all.${secret}`,
  ]);
  const target = objectOf({
    url: literal(declared.url),
    environment: literal(name),
    channel: literal(channel),
    headers: `(all) => (${objectOf(Object.fromEntries(headers) as Record<string, string>)})`,
  });
  return `${declared.type}(${target})`;
}

/** Rules, senders and what else only phone messages have. */
function phoneMembers({ phone }: Environment, table: CountryTable | undefined) {
  const { voice = {}, ...everywhere } = phone?.countries ?? {};
  return {
    from: literal(phone?.from),
    senders: literal(phone?.senders),
    webOtp: literal(phone?.webOtp),
    rules: table && `countryRules(${[table, everywhere, voice].map(literal).join(", ")})`,
  };
}

/**
 * The module that a bundle grows from: it imports the channel's shell, the vendors that the
 * environment names and the parts of the engine that it needs, and exports the handler with the
 * environment's plan in it.
 */
export function entry(
  environment: Environment,
  channel: Channel,
  delivery: EmailDelivery | PhoneDelivery,
  table: CountryTable | undefined,
): string {
  const { vendors, routes } = delivery;
  const used = vendors.filter((one) => mediaOf(one, environment).length > 0);
  const ways = used.flatMap((one) => mediaOf(one, environment));
  const shell = shells[channel];
  const { email } = environment;
  const conditions = conditionNames.filter((name) => routes.some((route) => name in route));
  const weights = Object.fromEntries(
    used.flatMap(({ id, weight }) => (weight === undefined ? [] : [[id, weight]])),
  ) as Record<string, number>;
  const members = {
    ...(channel === "email"
      ? { from: literal(email?.from), replyTo: literal(email?.replyTo) }
      : phoneMembers(environment, table)),
    deadlineMs: literal(delivery.deadlineMs),
    lifetimeMs: literal(delivery.lifetimeS * 1000),
    fetchToken: used.some(({ vendor }) => registry[channel][vendor]?.vendor.token)
      ? "fetchToken"
      : undefined,
    route:
      routes.length > 0 ? `router(${literal(routes)}, { ${conditions.join(", ")} })` : undefined,
    weigh: Object.keys(weights).length > 0 ? `weighted(${literal(weights)})` : undefined,
    alternatives: ways.length > 1 ? "alternatives" : undefined,
    // What the engine does by itself is not said.
    duplicates: environment.duplicates === "avoid" ? undefined : literal(environment.duplicates),
    resend: environment.resend === "next-vendor" ? undefined : literal(environment.resend),
    telemetry: telemetry(environment, channel),
    steps: `[${used.map((one) => steps(one, mediaOf(one, environment))).join(", ")}]`,
  };
  const source = `exports.${handlers[channel]} = ${shell.name}(${objectOf(members)});`;
  const parts: Import[] = [
    { name: "alternatives", file: "delivery/alternatives.ts" },
    { name: "countryRules", file: "delivery/countries.ts" },
    { name: "router", file: "delivery/route.ts" },
    ...conditions.map((name) => ({ name, file: "delivery/conditions.ts" })),
    { name: "weighted", file: "delivery/weight.ts" },
    { name: "fetchToken", file: "delivery/token.ts" },
    ...(environment.telemetry
      ? [{ name: environment.telemetry.type, file: "delivery/telemetry.ts" }]
      : []),
  ];
  const imports: Import[] = [
    shell,
    // Each is named in the source as it is used; what is not used is not imported.
    ...parts.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(source)),
    ...[...new Set(used.map(({ vendor }) => vendor))].sort().map((vendor) => ({
      name: `vendor as ${exported(vendor)}`,
      file: `vendors/${channel}/${vendor}.ts`,
    })),
  ];
  return [...imports.map(({ name, file }) => `import { ${name} } from ".//${file}";`), source].join(
    "\n",
  );
}
