import { z } from "zod";
import { manifestStart, manifestVersion } from "../../bundle/manifest.ts";

const names = z.array(z.string());
const countries = z.object({ allow: names.optional(), deny: names.optional() });
const channel = z.enum(["email", "phone"]);

const routes = z
  .array(
    z.object({
      countries: names.optional(),
      channels: names.optional(),
      messageTypes: names.optional(),
      vendors: names,
    }),
  )
  .default([]);
const allCountries = countries.extend({ voice: countries.optional() }).optional();

/** What bundles said of themselves up to version 1, in one line. */
const firstVersion = z.object({
  environment: z.string(),
  channel,
  /** Ids of vendors with the medium that they send by, in order: `twilio/text`. */
  vendors: names,
  routes,
  secrets: names.default([]),
  countries: allCountries,
  /** Address or number that messages come from. */
  from: z.string().optional(),
});

const tree = z.record(z.string(), z.unknown());
const declaredSchema = z.object({
  version: z.literal(manifestVersion),
  channel,
  environment: tree.and(z.object({ name: z.string() })),
});

/** The part of a declared channel that the review draws and compares. */
const deliverySchema = z.object({
  from: z.union([z.string(), z.object({ address: z.string() })]).optional(),
  methods: names.default([]),
  vendors: z.array(z.looseObject({ vendor: z.string(), id: z.string() })),
  routes,
  countries: allCountries,
});

/** The settings that a bundle carries, as its environment's file declares them. */
export type DeclaredSettings = z.infer<typeof declaredSchema>;

/** What a bundle of this project says of itself. */
export type Manifest = z.infer<typeof firstVersion> & {
  /** All settings of its channel and those of the whole environment; from version 2 on. */
  readonly declared?: DeclaredSettings;
};

/** Texts of several lines are lists of lines in the comment. */
function joinedLines(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(joinedLines);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (first?.[0] === "$lines" && entries.length === 1 && Array.isArray(first[1]))
    return first[1].map(String).join("\n");
  return Object.fromEntries(entries.map(([key, inner]) => [key, joinedLines(inner)]));
}

/** The JSON of the manifest in the comment that a code begins with; behind it, code could fake one. */
function jsonOf(code: string): unknown {
  const all = code.split(/\r?\n/);
  const body = all.findIndex((line) => !line.startsWith("//"));
  const lines = body < 0 ? all : all.slice(0, body);
  const start = lines.findIndex((line) => line.startsWith(manifestStart));
  const first = lines[start]?.slice(manifestStart.length);
  if (first === undefined) return undefined;
  const rest = lines.slice(start + 1);
  const end = first.trim() === "{" ? rest.findIndex((line) => /^\/\/\}\s*$/.test(line)) : -1;
  try {
    return JSON.parse([first, ...rest.slice(0, end + 1).map((line) => line.slice(2))].join("\n"));
  } catch {
    return undefined;
  }
}

const isSecret = (value: unknown): value is { secret: string } =>
  typeof value === "object" &&
  value !== null &&
  "secret" in value &&
  typeof value.secret === "string";

/** What the older form said, from what is declared. */
function summarised(declared: DeclaredSettings): Manifest | undefined {
  const { environment, channel: own } = declared;
  const delivery = deliverySchema.safeParse(environment[own]).data;
  if (!delivery) return undefined;
  const { from, vendors, methods } = delivery;
  const media = (entry: (typeof vendors)[number]) =>
    own === "email"
      ? ["email"]
      : names
          .catch([])
          .parse(entry["channels"])
          .filter((medium) => medium !== "voice" || methods.includes("voice"));
  const secrets = vendors.flatMap((entry) =>
    Object.values(entry)
      .filter(isSecret)
      .map(({ secret }) => secret),
  );
  const sender = typeof from === "object" ? from.address : from;
  return {
    environment: environment.name,
    channel: own,
    ...(sender !== undefined && { from: sender }),
    vendors: vendors.flatMap((entry) => media(entry).map((medium) => `${entry.id}/${medium}`)),
    routes: delivery.routes,
    secrets: [...new Set(secrets)].sort(),
    ...(delivery.countries && { countries: delivery.countries }),
    declared,
  };
}

/** How many manifests a code holds; more than one can tell a reader what does not run. */
export function manifestsIn(code: string): number {
  return code
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .filter((line) => /\/[/*]\s*otp-delivery\s*:/.test(line)).length;
}

/**
 * Reads what the build writes at the start of a bundle.
 *
 * @returns undefined for code without it or with another: it was made by hand or by another version
 */
export function readManifest(code: string | undefined): Manifest | undefined {
  const json = joinedLines(jsonOf(code ?? ""));
  const declared = declaredSchema.safeParse(json).data;
  return declared ? summarised(declared) : firstVersion.safeParse(json).data;
}
