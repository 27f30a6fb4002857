import { z } from "zod";
import { environmentFields } from "../config/schema.ts";
import { sharedFields } from "../config/vendors.ts";

/** What a field says of itself: JSON Schema, with the metadata that the schemas carry. */
interface Field {
  readonly type?: string;
  readonly description?: string;
  readonly expected?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Field>>;
  readonly required?: readonly string[];
  readonly items?: Field;
  readonly additionalProperties?: Field | boolean;
  readonly oneOf?: readonly Field[];
}

const schemaOf = (schema: z.ZodType): Field =>
  z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Field;

const cell = (text: string) => text.replace(/\|/g, "\\|");

/** What a field takes, in words. */
function takes(field: Field): string {
  if (field.const !== undefined) return `\`${JSON.stringify(field.const)}\``;
  if (field.expected !== undefined) return field.expected;
  if (field.properties || field.oneOf) return "an object";
  if (typeof field.additionalProperties === "object") return "an object by key";
  return field.type === "array" ? "a list" : (field.type ?? "");
}

function rowsOf({ properties = {}, required = [] }: Field, path: string): string[] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const place = path + name;
    const needed =
      field.default !== undefined
        ? `\`${JSON.stringify(field.default)}\``
        : required.includes(name)
          ? "required"
          : "optional";
    const row = `| \`${place}\` | ${cell(takes(field))} | ${cell(needed)} | ${cell(field.description ?? "")} |`;
    return [row, ...rowsOf(field, `${place}.`), ...rowsOf(field.items ?? {}, `${place}[].`)];
  });
}

const table = (field: Field, path = ""): string[] => [
  "| field | what | default | meaning |",
  "|---|---|---|---|",
  ...rowsOf(field, path),
  "",
];

/** Descriptions that this page would lack. */
export function undescribed(): string[] {
  const all = [schemaOf(environmentFields), ...Object.values(sharedFields).map(schemaOf)];
  const visit = (field: Field, path: string): string[] => [
    ...Object.entries(field.properties ?? {}).flatMap(([name, inner]) => [
      ...(inner.description === undefined ? [path + name] : []),
      ...visit(inner, `${path}${name}.`),
    ]),
    ...(field.items ? visit(field.items, `${path}[].`) : []),
    ...(field.oneOf ?? []).flatMap((one) => visit(one, path)),
  ];
  return all.flatMap((field) => visit(field, ""));
}

/** The text of `docs/environments.md`. */
export function environmentDocs(): string {
  const { properties = {}, required = [] } = schemaOf(environmentFields);
  const { email, phone, backend, ...general } = properties;
  return [
    "# Environments",
    "",
    "Made by `npm run docs` from the schema that checks environments (`config/schema.ts`); edit that.",
    'Each file in `environments/` exports one environment with `defineEnvironment`. `secret("NAME")`',
    'names a secret, whose value never stands in a file; `variable("NAME", "default")` reads what',
    "differs from machine to machine. `otp check` warns of what works and is seldom meant: one vendor",
    "only, countries that are not limited, routes that never match, vendors that cannot send a type",
    "of message.",
    "",
    "## General",
    "",
    ...table({ properties: general, required }),
    "## `backend`",
    "",
    backend?.description ?? "",
    "",
    ...(backend?.oneOf ?? []).flatMap((one) => table(one, "backend.")),
    "## `email`",
    "",
    email?.description ?? "",
    "",
    ...table(email ?? {}, "email."),
    "## `phone`",
    "",
    phone?.description ?? "",
    "",
    ...table(phone ?? {}, "phone."),
    "## Vendors",
    "",
    "Each entry of `vendors` names a vendor and its settings, which [vendors.md](vendors.md) lists, and",
    "may say:",
    "",
    ...table(schemaOf(sharedFields.phone), "vendors[]."),
    "`channels` is for phone vendors only.",
    "",
    "## Routes",
    "",
    "The first route whose conditions all fit decides; a list fits if one of its values does. A value",
    "that the message does not have fits nothing. What a route leaves out, the environment decides.",
    "",
    "```ts",
    "routes: [",
    '  { organizations: ["acme"], vendors: ["acme-smtp"], from: { name: "Acme" } },',
    '  { clientMetadata: { tier: ["gold", "platinum"] }, vendors: ["fast", "spare"] },',
    '  { locales: ["de"], from: { name: "Beispiel" } },',
    "],",
    "```",
    "",
  ].join("\n");
}
