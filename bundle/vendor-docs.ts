import type { Setting } from "../actions/vendors/settings.ts";
import type { About } from "../actions/vendors/vendor.ts";
import type { Channel } from "../config/environment.ts";
import { registry } from "../config/vendors.ts";

/** A text in a table's cell. */
const cell = (text: string) => text.replace(/\|/g, "\\|");

/** What a setting takes, in words. */
function kind(setting: Setting): string {
  switch (setting.type) {
    case "secret":
      return "secret";
    case "text":
      return setting.expected ?? "text";
    case "number": {
      const { min, max } = setting;
      if (min === undefined && max === undefined) return "number";
      return `number from ${String(min ?? 0)}${max === undefined ? "" : ` to ${String(max)}`}`;
    }
    case "flag":
      return "true or false";
    case "choice":
      return setting.of.map((one) => `\`${one}\``).join(", ");
  }
}

function needed(setting: Setting): string {
  if ("default" in setting) return `\`${JSON.stringify(setting.default)}\``;
  return setting.optional ? "optional" : "required";
}

function section(channel: Channel, name: string): string {
  const known = registry[channel][name];
  if (!known) return "";
  const about: About = known.about;
  const rows = Object.entries(known.settings).map(([setting, value]) => {
    return `| \`${setting}\` | ${cell(kind(value))} | ${needed(value)} | ${cell(value.description)} |`;
  });
  const needs = Object.entries(about.needs ?? {}).map(
    ([way, names]) => `${way} needs ${names.map((one) => `\`${one}\``).join(", ")}`,
  );
  return [
    `### ${about.title} (\`${name}\`)`,
    "",
    "| setting | what | default | meaning |",
    "|---|---|---|---|",
    ...rows,
    "",
    ...(about.media ? [`- Channels: ${about.media.join(", ")}.`] : []),
    ...(needs.length > 0 ? [`- Beside these, ${needs.join("; ")}.`] : []),
    `- Idempotency: ${about.idempotency}.`,
    `- Accepted: ${about.accepted}.`,
    `- Dropped, and no other vendor asked: ${about.recipientRefused}.`,
    ...(about.destinationRefused === undefined
      ? []
      : [`- Fails over for this message, and tells operators: ${about.destinationRefused}.`]),
    `- Fails over, and tells operators that the account or configuration is at fault: ${about.accountFault}.`,
    `- Fails over, or is asked again: ${about.notSent}.`,
    ...(about.notes ?? []).map((note) => `- ${note}`),
    "",
  ].join("\n");
}

/** The text of `docs/vendors.md`. */
export function vendorDocs(): string {
  const channel = (one: Channel, title: string) => [
    `## ${title}`,
    "",
    ...Object.keys(registry[one])
      .sort()
      .map((name) => section(one, name)),
  ];
  return [
    "# Vendors",
    "",
    "Made from the vendors' own files by `npm run docs`; edit those. An environment names a vendor and",
    'its settings in one object, e.g. `{ vendor: "postmark", serverToken: secret("POSTMARK_TOKEN") }`;',
    "beside the settings below every vendor takes `id` and `timeoutMs`, and a phone vendor `channels`.",
    "",
    ...channel("email", "E-mail"),
    ...channel("phone", "Phone"),
  ].join("\n");
}
