import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import type { Channel } from "../environment.ts";
import { registry } from "../vendors.ts";
import type { Answers, ChannelAnswers } from "./answers.ts";

const capitals = (name: string) =>
  name
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z\d]+/g, "_")
    .toUpperCase();

/**
 * Name of a vendor's secret, e.g. `POSTMARK_SERVER_TOKEN`; with the channel in front where both
 * channels have a vendor of that name.
 */
export function secretName(channel: Channel, vendor: string, property: string): string {
  const both = vendor in registry.email && vendor in registry.phone;
  return [...(both ? [channel] : []), vendor, property].map(capitals).join("_");
}

function settingValue(channel: Channel, vendor: string, name: string, text: string): unknown {
  const type = registry[channel][vendor]?.settings[name]?.type;
  if (type === "number") return Number(text);
  return type === "flag" ? text === "true" : text;
}

function vendorEntry(channel: Channel, vendor: string, { settings }: ChannelAnswers): unknown {
  const spec = registry[channel][vendor]?.settings ?? {};
  const given = Object.entries(settings)
    .map(([key, text]) => [...key.split("."), text] as const)
    .filter(([owner, name]) => owner === vendor && spec[name ?? ""]?.type !== "secret")
    .map(([, name = "", text]) => [name, settingValue(channel, vendor, name, text ?? "")]);
  const secrets = Object.entries(spec)
    .filter(([, setting]) => setting.type === "secret" && !setting.optional)
    .map(([name]) => [name, { secret: secretName(channel, vendor, name) }]);
  return { vendor, ...Object.fromEntries([...given, ...secrets]) };
}

/** `Example <login@example.com>` or a bare address. */
function mailbox(text: string): { readonly name?: string; readonly address: string } {
  const [, name = "", address = text] = /^\s*(.*?)\s*<([^<>]*)>\s*$/.exec(text) ?? [];
  return name === "" ? { address } : { name, address };
}

/** What the file of a new environment exports. */
export function environmentFrom(answers: Answers): Readonly<Record<string, unknown>> {
  const { name, domain, email, phone, countries } = answers;
  const vendors = (channel: Channel, given: ChannelAnswers) =>
    given.vendors.map((vendor) => vendorEntry(channel, vendor, given));
  return {
    name,
    domain,
    backend: { type: "local" },
    ...(email && { email: { from: mailbox(email.from), vendors: vendors("email", email) } }),
    ...(phone && {
      phone: {
        ...(phone.from !== "" && { from: phone.from }),
        vendors: vendors("phone", phone),
        ...(countries.length > 0 && { countries: { allow: countries } }),
      },
    }),
  };
}

/** The text of an environment file, as Prettier leaves this project's own. */
export async function environmentSource(
  environment: Readonly<Record<string, unknown>>,
): Promise<string> {
  // In JSON, quotes inside of texts are escaped: nothing but a reference looks like one.
  const value = JSON.stringify(environment)
    .replace(/\{"secret":("\w+")\}/g, "secret($1)")
    .replace(
      '"backend":',
      "\n// Kept on this machine. For a team, and for CI, name a shared backend: s3, gcs, azurerm, pg, cloud.\n$&",
    )
    .replace(/^\{/, "{\n");
  const source = `import { defineEnvironment, secret } from "auth0-otp-delivery";\n\nexport default defineEnvironment(${value});\n`;
  return format(source, {
    ...(await resolveConfig(fileURLToPath(import.meta.url))),
    parser: "typescript",
  });
}
