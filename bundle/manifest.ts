import type { Channel, EmailDelivery, Environment, PhoneDelivery } from "../config/environment.ts";
import { onePerLine } from "./one-per-line.ts";

/** Version of the manifest's form; a reader refuses those that it does not know. */
export const manifestVersion = 2;

/** What the first line of a manifest begins with. */
export const manifestStart = "// otp-delivery: ";

/** What a bundle says of itself, for those who read its code in a plan. */
export interface Manifest {
  readonly version: typeof manifestVersion;
  readonly channel: Channel;
  /**
   * The environment as its file declares it, with defaults filled in, but for the other channel:
   * the two bundles together say all of it. Secrets are names.
   */
  readonly environment: Readonly<Record<string, unknown>>;
}

/** Vendors as an environment file names them: settings by name, secrets as references. */
function vendorsOf({ vendors }: EmailDelivery | PhoneDelivery, channel: Channel): object[] {
  return vendors.map(({ settings, secrets, channels, ...entry }) => ({
    ...entry,
    ...(channel === "phone" && { channels }),
    ...settings,
    ...Object.fromEntries(Object.entries(secrets).map(([key, secret]) => [key, { secret }])),
  }));
}

/** The manifest of a channel of an environment; nothing in it is secret, nothing is of a machine. */
export function manifest(
  environment: Environment,
  channel: Channel,
  delivery: EmailDelivery | PhoneDelivery,
): Manifest {
  // The file's path is that of one machine; the other channel is in its own bundle.
  const { file, email, phone, ...common } = environment;
  return {
    version: manifestVersion,
    channel,
    environment: { ...common, [channel]: { ...delivery, vendors: vendorsOf(delivery, channel) } },
  };
}

/** A text of several lines as a list of them, so that each is a line of the manifest. */
function byLines(value: unknown): unknown {
  if (typeof value === "string" && value.includes("\n")) return { $lines: value.split("\n") };
  if (Array.isArray(value)) return value.map(byLines);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, byLines(inner)]));
}

/** The manifest as a comment that is JSON, one setting per line. */
export function manifestComment(about: Manifest): string {
  return `${manifestStart}${onePerLine(byLines(about)).replaceAll("\n", "\n//")}`;
}
