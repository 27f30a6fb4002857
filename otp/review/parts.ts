import type { Attribute } from "./attributes.ts";
import { createDiffer } from "./code.ts";
import type { CodeChange, ReviewedResource } from "./environment.ts";
import { sizeLimit } from "./dangers/index.ts";
import { isUnsetText } from "./empty.ts";
import type { SettingChange } from "./settings.ts";
import { reasonOf, replacementOrder } from "./kind.ts";
import type { Kind } from "./kind.ts";
import type { Pen } from "./markdown-writer.ts";
import { joined, own, say } from "./safe-text.ts";
import type { Words } from "./safe-text.ts";

/** A part that is unfolded by a click. */
export function folded(title: Words, body: string, pen: Pen): string {
  return `<details>\n<summary>${pen.html(title)}</summary>\n\n${body}\n\n</details>`;
}

const kindWords: Readonly<Record<Kind, string>> = {
  create: "is created",
  update: "changes in place",
  replace: "is replaced",
  destroy: "**is destroyed**",
  forget: "is removed from the state",
  read: "is read",
  none: "stays",
  unknown: "unknown",
};

function happening({ subject: { change, kind } }: ReviewedResource): Words {
  if (kind === "replace") return own(`**is ${replacementOrder(change.change.actions)}**`);
  if (kind === "unknown") return say`${change.change.actions.join(", ")}`;
  return own(kindWords[kind]);
}

function remarks(resource: ReviewedResource): Words {
  const { code, attributes } = resource;
  const { change } = resource.subject;
  const { importing } = change.change;
  const paths = change.change.replace_paths?.map((path) => path.join(".")) ?? [];
  const count = attributes.filter((one) => !isFilledIn(resource, one)).length;
  return joined(
    [
      ...(change.previous_address === undefined
        ? []
        : [say`moved from ${change.previous_address}`]),
      ...(importing ? [say`imported, id ${importing.id ?? "known after apply"}`] : []),
      ...(change.deposed === undefined ? [] : [say`deposed object ${change.deposed}`]),
      ...(change.action_reason === undefined ? [] : [reasonOf(change.action_reason)]),
      ...paths.map((path) => say`${path} changes`),
      ...(code ? [say`code +${code.added} −${code.removed} lines`] : []),
      ...(count > 0 ? [own(`${count} ${count === 1 ? "attribute" : "attributes"}`)] : []),
    ],
    "; ",
  );
}

/** A table of changes by resource. */
export function table(resources: readonly ReviewedResource[], most: number, pen: Pen): string {
  const rows = resources
    .slice(0, most)
    .map(
      (one) =>
        `| ${pen.cell(say`${one.subject.change.address}`)} | ${pen.cell(happening(one))} | ${pen.cell(remarks(one))} |`,
    );
  const rest = resources.length - rows.length;
  return [
    "| Resource | Change | |",
    "| --- | --- | --- |",
    ...rows,
    ...(rest > 0 ? [`| and ${rest} more | | |`] : []),
  ].join("\n");
}

/** A JSON string of several lines as these lines; anything else is one line as it is. */
function textLines(json: string | undefined): string | undefined {
  if (!json?.startsWith('"') || !json.includes("\\n")) return undefined;
  return String(JSON.parse(json));
}

/** What Auth0 and its provider fill in when a resource is made; nobody set it. */
export function isFilledIn({ subject }: ReviewedResource, { before, after }: Attribute): boolean {
  return (
    subject.kind === "create" &&
    isUnsetText(before) &&
    (after === "(known after apply)" || isUnsetText(after))
  );
}

function attributeLines({ path, before, after }: Attribute): string[] {
  const [old, now] = [textLines(before), textLines(after)];
  if ((old ?? now) !== undefined && (old !== undefined || before === undefined)) {
    // Templates of messages read as code does.
    const { lines } = createDiffer(1_000_000)(old ?? "", now ?? "");
    if (now !== undefined || after === undefined) return [`  ${path}:`, ...lines];
  }
  return [
    ...(before === undefined ? [] : [`- ${path} = ${before}`]),
    ...(after === undefined ? [] : [`+ ${path} = ${after}`]),
  ];
}

/** Attributes old to new, as the lines of a diff. */
export function attributeFence(attributes: readonly Attribute[], pen: Pen): string {
  return pen.fence(attributes.flatMap(attributeLines), "diff");
}

/** The diff of an Action's code, folded. */
export function codePart(address: string, code: CodeChange, most: number, pen: Pen): string {
  const rest = code.lines.length - most;
  const body = [
    ...(code.caveat === undefined ? [] : [`Note: ${code.caveat}.`, ""]),
    pen.fence(code.lines.slice(0, most), "diff"),
    ...(rest > 0 ? ["", `… and ${rest} more lines`] : []),
  ].join("\n");
  const title = say`Code of ${address}: lines added: ${code.added}, removed: ${code.removed}`;
  return folded(title, body, pen);
}

/** What changes in the environment's own words, old and new. */
export function settingsTable(settings: readonly SettingChange[], pen: Pen): string {
  const value = (text: string | undefined) => (text === undefined ? own("—") : say`${text}`);
  return [
    "| What changes | Deployed | Declared |",
    "| --- | --- | --- |",
    ...settings.map(
      ({ label, before, after }) =>
        `| ${pen.cell(label)} | ${pen.cell(value(before))} | ${pen.cell(value(after))} |`,
    ),
  ].join("\n");
}

const bytes = (count: number) => count.toLocaleString("en-US");

/** What an Action's bundle weighs before and after. */
export function weight(address: string, { bytesBefore, bytesAfter }: CodeChange): Words {
  const growth = bytesAfter - bytesBefore;
  const share = `${Math.round((bytesAfter / sizeLimit) * 100)} % of what Auth0 takes`;
  const compared =
    bytesBefore === 0
      ? `${bytes(bytesAfter)} bytes`
      : `${bytes(bytesBefore)} → ${bytes(bytesAfter)} bytes (${growth < 0 ? "−" : "+"}${bytes(Math.abs(growth))})`;
  return say`${address} weighs ${own(`${compared}, ${share}`)}`;
}
