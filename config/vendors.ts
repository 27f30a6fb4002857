import { z } from "zod";
import { emailVendors } from "../actions/vendors/email/index.ts";
import { phoneVendors } from "../actions/vendors/phone/index.ts";
import type { Setting, SettingsInput, SettingsSpec } from "../actions/vendors/settings.ts";
import type { About } from "../actions/vendors/vendor.ts";
import type { Channel } from "./channels.ts";
import type { SecretReference } from "./define.ts";
import { choice, fields, flag, known, list, text, whole } from "./expected.ts";
import { isHttpsUrl } from "./hosts.ts";
import { nearest } from "./nearest.ts";
import { secretReference } from "./secret-reference.ts";

interface KnownVendor {
  readonly vendor: {
    readonly token?: unknown;
    readonly idempotent: boolean;
    readonly needsCode?: boolean;
  };
  readonly settings: SettingsSpec;
  readonly about: About;
}

/** Without a prototype: `constructor` is no vendor. */
const table = (
  vendors: Readonly<Record<string, KnownVendor>>,
): Readonly<Record<string, KnownVendor>> =>
  Object.assign(Object.create(null) as Record<string, KnownVendor>, vendors);

/** Everything known of the vendors of a channel, by name. */
export const registry: Readonly<Record<Channel, Readonly<Record<string, KnownVendor>>>> = {
  email: table(emailVendors),
  phone: table(phoneVendors),
};

/** One vendor of a channel, checked and complete. */
export interface VendorEntry {
  readonly vendor: string;
  readonly id: string;
  readonly timeoutMs: number;
  /** Percent of the recipients whose messages start with this vendor. */
  readonly weight?: number;
  /** `["email"]`, or the media that a phone vendor serves, in order. */
  readonly channels: readonly string[];
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** Names of secrets by the vendor's property. */
  readonly secrets: Readonly<Record<string, string>>;
}

function textSchema({ expected = "text", pattern }: Extract<Setting, { type: "text" }>) {
  const whole = text(expected, pattern === undefined ? /[^]/ : new RegExp(`^(?:${pattern})$`));
  // What a pattern cannot say of a URL: that its port exists and that no password stands in it.
  return pattern?.startsWith("https://")
    ? known(
        expected,
        (value) => new RegExp(`^(?:${pattern})$`).test(value) && isHttpsUrl(value),
        () => undefined,
      )
    : whole;
}

function valueSchema(setting: Exclude<Setting, { type: "secret" }>): z.ZodType {
  switch (setting.type) {
    case "text":
      return textSchema(setting);
    case "number":
      return whole(setting.min ?? 0, setting.max ?? Number.MAX_SAFE_INTEGER, "a number");
    case "flag":
      return flag();
    case "choice":
      return choice(setting.of);
  }
}

function settingSchema(setting: Setting): z.ZodType {
  const schema = setting.type === "secret" ? secretReference : valueSchema(setting);
  if ("default" in setting) return schema.default(setting.default as unknown);
  return setting.optional ? schema.exactOptional() : schema;
}

const mediumNames = ["text", "voice", "whatsapp"] as const;

/** What every vendor's entry may say. */
const vendorFields = {
  id: text("small letters, digits and hyphens", /^[a-z][a-z0-9-]{0,31}$/)
    .exactOptional()
    .describe(
      "Name in logs and routes; needed if a vendor is listed twice. Default: the vendor's name.",
    ),
  timeoutMs: whole(1_000, 15_000, "milliseconds")
    .default(5_000)
    .describe("Longest wait for one answer, in milliseconds."),
  weight: whole(1, 100, "percent")
    .exactOptional()
    .describe(
      "Percent of the recipients whose messages start with this vendor, the same ones each time; " +
        "for the others it comes after the vendors without a weight. Routes that name vendors " +
        "decide by themselves.",
    ),
};

/** What a phone vendor's entry may say in addition. */
const phoneVendorFields = {
  channels: list(choice(mediumNames), "a list of text, voice, whatsapp")
    .exactOptional()
    .describe(
      "How this vendor is used, in order. Default: text and voice as far as the vendor has them, " +
        "else WhatsApp.",
    ),
};

/** The fields that vendors' settings join, without those; the documentation lists them. */
export const sharedFields = {
  email: fields(vendorFields),
  phone: fields({ ...vendorFields, ...phoneVendorFields }),
};

type Registry = Readonly<Record<string, { readonly settings: SettingsSpec }>>;
type VendorInput<R extends Registry, Shared> = {
  readonly [V in keyof R]: { readonly vendor: V } & Shared &
    SettingsInput<R[V]["settings"], SecretReference>;
}[keyof R];

/** One vendor for e-mail as a file lists it, with the settings that this vendor has. */
export type EmailVendorInput = VendorInput<typeof emailVendors, z.input<typeof sharedFields.email>>;
/** One vendor for phone messages as a file lists it, with the settings that this vendor has. */
export type PhoneVendorInput = VendorInput<typeof phoneVendors, z.input<typeof sharedFields.phone>>;

function entrySchema(name: string, { settings, about }: KnownVendor) {
  const supported = mediumNames.filter((medium) => about.media?.includes(medium));
  const plain = supported.filter((medium) => medium !== "whatsapp");
  const channels = list(choice(supported), `a list of ${supported.join(", ")}`).default(
    plain.length > 0 ? plain : supported,
  );
  const own: Record<string, z.ZodType> = Object.fromEntries(
    Object.entries(settings).map(([key, setting]) => [key, settingSchema(setting)]),
  );
  return fields({
    vendor: z.literal(name),
    ...vendorFields,
    ...(about.media && { channels }),
    ...own,
  }).transform((entry): VendorEntry => {
    const given = entry as typeof entry & Record<string, unknown>;
    const present = Object.entries(settings).filter(([key]) => given[key] !== undefined);
    const pick = (secret: boolean): [string, unknown][] =>
      present
        .filter(([, { type }]) => (type === "secret") === secret)
        .map(([key]) => [key, given[key]]);
    return {
      vendor: name,
      id: entry.id ?? name,
      timeoutMs: entry.timeoutMs,
      ...(entry.weight !== undefined && { weight: entry.weight }),
      channels: (given.channels as string[] | undefined) ?? ["email"],
      settings: Object.fromEntries(pick(false)) as VendorEntry["settings"],
      secrets: Object.fromEntries(
        pick(true).map(([key, reference]) => [key, (reference as { secret: string }).secret]),
      ),
    };
  });
}

/** Schemas of vendors that were asked for: an environment names a few of them. */
const made = new Map<KnownVendor, ReturnType<typeof entrySchema>>();

/** Checks a vendor's entry by the settings of the vendor that it names. */
function checkEntry(channel: Channel, entry: unknown, context: z.core.$RefinementCtx): VendorEntry {
  const all = registry[channel];
  const name = (entry as { readonly vendor?: unknown }).vendor;
  const vendor = typeof name === "string" ? all[name] : undefined;
  if (typeof name !== "string" || !vendor) {
    const names = Object.keys(all);
    context.addIssue({
      code: "custom",
      path: ["vendor"],
      message: `one of ${names.join(", ")}`,
      params: { meant: typeof name === "string" ? nearest(name, names) : undefined },
    });
    return z.NEVER;
  }
  const schema = made.get(vendor) ?? entrySchema(name, vendor);
  made.set(vendor, schema);
  const checked = schema.safeParse(entry);
  if (checked.success) return checked.data;
  for (const issue of checked.error.issues)
    context.issues.push({ ...issue, input: entry } as z.core.$ZodRawIssue);
  return z.NEVER;
}

const isEntry = (value: unknown) =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const anEntry = 'an object such as { vendor: "…", … }';

/** The vendors of e-mail, in order. */
export const emailVendorList = list(
  z
    .custom<EmailVendorInput>(isEntry, anEntry)
    .transform((entry, context) => checkEntry("email", entry, context)),
  "a list of at least one vendor",
);

/** The vendors of phone messages, in order. */
export const phoneVendorList = list(
  z
    .custom<PhoneVendorInput>(isEntry, anEntry)
    .transform((entry, context) => checkEntry("phone", entry, context)),
  "a list of at least one vendor",
);
