import type { SettingsSpec } from "../../actions/vendors/settings.ts";
import type { Channel } from "../environment.ts";
import { channels } from "../environment.ts";
import { nearest } from "../nearest.ts";
import { registry } from "../vendors.ts";
import { UserError } from "../user-error.ts";

/** What a new environment is made from, each as it is typed; left out, it is asked for. */
export interface Given {
  readonly name: string;
  readonly domain?: string | undefined;
  /** Vendors' names in order, with commas between them; empty for none. */
  readonly emailVendor?: string | undefined;
  readonly phoneVendor?: string | undefined;
  /** `login@example.com` or `Example <login@example.com>` */
  readonly from?: string | undefined;
  /** Number in E.164 or alphanumeric sender. */
  readonly phoneFrom?: string | undefined;
  /** ISO 3166 codes with commas between them; empty for all. */
  readonly countries?: string | undefined;
  /** `vendor.setting=value`, with commas between them. */
  readonly set?: string | undefined;
}

export interface ChannelAnswers {
  readonly vendors: readonly string[];
  readonly from: string;
  /** Values by `vendor.setting`. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Everything that the file of a new environment says. */
export interface Answers {
  readonly name: string;
  readonly domain: string;
  readonly email?: ChannelAnswers;
  readonly phone?: ChannelAnswers;
  readonly countries: readonly string[];
}

/** Asks a person; an empty answer is allowed. */
export type Ask = (question: string) => Promise<string>;

const listOf = (text: string) =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);

/** Values may hold commas, as lists of languages do: only a new `vendor.setting=` divides. */
function settingsIn(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(/,(?=[\w-]+\.\w+=)/)
      .filter(Boolean)
      .map((one) => {
        const [, key, value] = /^([\w-]+\.\w+)=(.*)$/s.exec(one.trim()) ?? [];
        if (key !== undefined && value !== undefined) return [key, value];
        throw new UserError(`expected --set vendor.setting=value, got: ${JSON.stringify(one)}`);
      }),
  );
}

/** Settings that are no secret and that nothing but their owner knows. */
export function ownSettings(spec: SettingsSpec): [name: string, expected: string][] {
  return Object.entries(spec).flatMap(([name, setting]) => {
    if (setting.type === "secret" || setting.optional || "default" in setting) return [];
    const expected = setting.type === "text" ? (setting.expected ?? "text") : setting.type;
    return [[name, expected]];
  });
}

const specOf = (channel: Channel, vendor: string): SettingsSpec =>
  registry[channel][vendor]?.settings ?? {};

/**
 * Completes what was given by questions, or, where nobody can be asked, says all that is missing.
 *
 * @param ask - left out where nobody can be asked
 * @throws UserError with a line for everything that is missing, and for unknown vendors
 */
export async function answersFor(given: Given, ask?: Ask): Promise<Answers> {
  const missing: string[] = [];
  const get = async (value: string | undefined, question: string, option: string) => {
    if (value !== undefined) return value.trim();
    if (ask) return (await ask(`${question}: `)).trim();
    missing.push(`expected ${option}, got: nothing`);
    return "";
  };
  const settings = settingsIn(given.set ?? "");
  const domain = await get(given.domain, "Domain of the tenant", "--domain example.eu.auth0.com");
  const chosen = { email: given.emailVendor, phone: given.phoneVendor };
  // One channel that is named says that the other one is not wanted.
  const silent = ask === undefined || chosen.email !== undefined || chosen.phone !== undefined;
  const answered: Partial<Record<Channel, ChannelAnswers>> = {};
  for (const channel of channels) {
    const names = Object.keys(registry[channel]);
    const question = `Vendors for ${channel}, in order (${names.join(", ")}; empty for none)`;
    const vendors = listOf(await get(chosen[channel] ?? (silent ? "" : undefined), question, ""));
    if (vendors.length === 0) continue;
    refuseUnknown(channel, vendors);
    const from =
      channel === "email"
        ? await get(given.from, "Sender, e.g. Example <login@example.com>", "--from login@…")
        : await get(given.phoneFrom ?? (ask ? undefined : ""), "Sender's number (or empty)", "");
    const own: Record<string, string> = {};
    for (const vendor of new Set(vendors))
      for (const [name, expected] of ownSettings(specOf(channel, vendor))) {
        const key = `${vendor}.${name}`;
        own[key] = await get(settings[key], `${key} (${expected})`, `--set ${key}=<${expected}>`);
      }
    answered[channel] = { vendors, from, settings: { ...forVendors(settings, vendors), ...own } };
  }
  if (!answered.email && !answered.phone)
    missing.push("expected --email-vendor or --phone-vendor, got: neither");
  const countries = answered.phone
    ? await get(given.countries ?? (ask ? undefined : ""), "Countries, e.g. US,DE (or empty)", "")
    : "";
  if (missing.length > 0) throw new UserError(missing.join("\n"));
  return { name: given.name, domain, ...answered, countries: listOf(countries) };
}

function refuseUnknown(channel: Channel, vendors: readonly string[]): void {
  const names = Object.keys(registry[channel]);
  const unknown = vendors.find((vendor) => !names.includes(vendor));
  if (unknown === undefined) return;
  const meant = nearest(unknown, names);
  throw new UserError(
    `expected a vendor for ${channel} (${names.join(", ")}), got: "${unknown}"` +
      (meant === undefined ? "" : `; did you mean ${meant}?`),
  );
}

const forVendors = (settings: Readonly<Record<string, string>>, vendors: readonly string[]) =>
  Object.fromEntries(
    Object.entries(settings).filter(([key]) => vendors.includes(key.split(".")[0] ?? "")),
  );
