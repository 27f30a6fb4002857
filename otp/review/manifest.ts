import { z } from "zod";

const names = z.array(z.string());
const countries = z.object({ allow: names.optional(), deny: names.optional() });

const manifestSchema = z.object({
  environment: z.string(),
  channel: z.enum(["email", "phone"]),
  /** Ids of vendors with the way they send, in order: `twilio/text`. */
  vendors: names,
  routes: z
    .array(
      z.object({
        countries: names.optional(),
        channels: names.optional(),
        messageTypes: names.optional(),
        vendors: names,
      }),
    )
    .default([]),
  secrets: names.default([]),
  countries: countries.extend({ voice: countries.optional() }).optional(),
  /** Address or number that messages come from. */
  from: z.string().optional(),
});

/** What a bundle of this project says of itself. */
export type Manifest = z.infer<typeof manifestSchema>;

/** Far beyond the comment that a bundle begins with; the code itself is not searched. */
const head = 65_536;

/**
 * Reads the line that the build writes at the start of a bundle.
 *
 * @returns undefined for code without it or with another: it was made by hand or by another version
 */
export function readManifest(code: string | undefined): Manifest | undefined {
  const line = /^\/\/ otp-delivery: (\{.*\})\s*$/m.exec(code?.slice(0, head) ?? "")?.[1];
  if (line === undefined) return undefined;
  try {
    return manifestSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
