import { z } from "zod";
import { emailVendors } from "../actions/vendors/email/index.ts";
import { phoneVendors } from "../actions/vendors/phone/index.ts";
import type { Setting, SettingsSpec } from "../actions/vendors/settings.ts";
import type { About } from "../actions/vendors/vendor.ts";
import type { Channel, VendorEntry } from "./environment.ts";
import { choice, flag, list, text, whole } from "./expected.ts";

interface Known {
  readonly vendor: { readonly token?: unknown; readonly idempotent: boolean };
  readonly settings: SettingsSpec;
  readonly about: About;
}

/** Everything known of the vendors of a channel, by name. */
export const registry: Readonly<Record<Channel, Readonly<Record<string, Known>>>> = {
  email: emailVendors,
  phone: phoneVendors,
};

const secretReference = z.strictObject(
  { secret: text("capital letters, digits and _", /^[A-Z][A-Z0-9_]{0,127}$/) },
  'secret("NAME")',
);

function valueSchema(setting: Exclude<Setting, { type: "secret" }>): z.ZodType {
  switch (setting.type) {
    case "text":
      return text(
        setting.expected ?? "text",
        setting.pattern === undefined ? /[^]/ : new RegExp(`^(?:${setting.pattern})$`),
      );
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
  return setting.optional ? schema.optional() : schema;
}

const channelNames = ["text", "voice", "whatsapp"] as const;

function entrySchema(name: string, { settings, about }: Known) {
  const supported = channelNames.filter((medium) => about.media?.includes(medium));
  const plain = supported.filter((channel) => channel !== "whatsapp");
  const channels = list(choice(supported), `a list of ${supported.join(", ")}`).default(
    plain.length > 0 ? plain : supported,
  );
  const own: Record<string, z.ZodType> = Object.fromEntries(
    Object.entries(settings).map(([key, setting]) => [key, settingSchema(setting)]),
  );
  return z
    .strictObject({
      vendor: z.literal(name),
      id: text("small letters, digits and hyphens", /^[a-z][a-z0-9-]{0,31}$/).default(name),
      timeoutMs: whole(1_000, 15_000, "milliseconds").default(5_000),
      ...(about.media && { channels }),
      ...own,
    })
    .transform((entry): VendorEntry => {
      const fields = entry as Record<string, unknown>;
      const given = Object.entries(settings).filter(([key]) => fields[key] !== undefined);
      const pick = (secret: boolean): [string, unknown][] =>
        given
          .filter(([, { type }]) => (type === "secret") === secret)
          .map(([key]) => [key, fields[key]]);
      return {
        vendor: name,
        id: fields["id"] as string,
        timeoutMs: fields["timeoutMs"] as number,
        channels: (fields["channels"] as string[] | undefined) ?? ["email"],
        settings: Object.fromEntries(pick(false)) as VendorEntry["settings"],
        secrets: Object.fromEntries(
          pick(true).map(([key, reference]) => [key, (reference as { secret: string }).secret]),
        ),
      };
    });
}

/** The schema of a channel's list of vendors. */
export function vendorsSchema(channel: Channel) {
  const known = Object.entries(registry[channel]).map(([name, vendor]) =>
    entrySchema(name, vendor),
  );
  const names = Object.keys(registry[channel]).join(", ");
  const [first, ...rest] = known;
  if (!first) throw new Error(`no vendor is registered for ${channel}`);
  return list(
    z.discriminatedUnion("vendor", [first, ...rest], {
      error: () => `an object with a vendor of: ${names}`,
    }),
    "a list of at least one vendor",
  );
}
