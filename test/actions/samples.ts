import { emailVendors } from "../../actions/vendors/email/index.ts";
import { phoneVendors } from "../../actions/vendors/phone/index.ts";
import type { Setting, SettingsSpec } from "../../actions/vendors/settings.ts";
import type { Channel, Environment } from "../../config/environment.ts";
import { checkEnvironment } from "../../config/load.ts";

interface Known {
  readonly settings: SettingsSpec;
  readonly vendor: { readonly needsCode?: boolean };
}

/** Every vendor by channel and name. */
export const vendors: Readonly<Record<Channel, Readonly<Record<string, Known>>>> = {
  email: emailVendors,
  phone: phoneVendors,
};

/** One row for each vendor. */
export const everyVendor: readonly (readonly [Channel, string])[] = (
  ["email", "phone"] as const
).flatMap((channel) => Object.keys(vendors[channel]).map((name) => [channel, name] as const));

/** Values that fit the patterns of settings; the first that does is taken. */
const values = [
  "https://vendor.example",
  "eu-west-1",
  "AKIAIOSFODNN7EXAMPLE",
  "MA01234567890123456789".slice(0, 20),
  `AC${"0".repeat(32)}`,
  `VA${"0".repeat(32)}`,
  "01234567-89ab-cdef-0123-456789abcdef",
  "123456789012",
  "example.com",
  "login_code",
  "en",
];

function value(channel: Channel, name: string, key: string, setting: Setting): unknown {
  if (setting.type === "secret") return { secret: secretName(channel, name, key) };
  if (setting.type === "choice") return setting.of[0];
  if (setting.type === "number") return setting.min ?? 1;
  if (setting.type === "flag") return false;
  const pattern = new RegExp(`^(?:${setting.pattern ?? ".+"})$`);
  const found = values.find((one) => pattern.test(one));
  if (found === undefined) throw new Error(`expected a sample for ${name}.${key}`);
  return found;
}

const secretName = (channel: Channel, name: string, key: string) =>
  `${channel}_${name}_${key}`.toUpperCase().replace(/\W/g, "_");

/** The least that an environment must say of a vendor. */
export function entry(channel: Channel, name: string): Record<string, unknown> {
  const { settings = {} } = vendors[channel][name] ?? {};
  const needed = Object.entries(settings).filter(
    ([, setting]) => !setting.optional && !("default" in setting),
  );
  return {
    vendor: name,
    ...Object.fromEntries(
      needed.map(([key, setting]) => [key, value(channel, name, key, setting)]),
    ),
  };
}

/** An environment with the given vendors on one channel. */
export function environmentOf(channel: Channel, entries: readonly object[], more: object = {}) {
  const from =
    channel === "email" ? { address: "login@example.com", name: "Example" } : "+15005550001";
  return checkEnvironment(
    {
      name: "sample",
      domain: "example.eu.auth0.com",
      backend: { type: "local" },
      [channel]: { from, vendors: entries, ...more },
    },
    "sample.ts",
  );
}

/** Secrets that stand out wherever they should not be; base64, since some vendors sign with them. */
export function secretsOf({ email, phone }: Environment): Record<string, string> {
  const names = [email, phone].flatMap((delivery) =>
    (delivery?.vendors ?? []).flatMap((one) => Object.values(one.secrets)),
  );
  return Object.fromEntries(names.map((name) => [name, "c2VjcmV0LXRoYXQtc3RhbmRzLW91dA=="]));
}
