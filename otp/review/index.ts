import { createDiffer } from "./code.ts";
import { pieces } from "./document.ts";
import { readEnvironment } from "./environment.ts";
import type { NamedPlan } from "./environment.ts";
import { fit, whole } from "./truncate.ts";
import { reviewJson } from "./json.ts";
import type { Danger, ReviewJson } from "./json.ts";
import { createPen } from "./markdown-writer.ts";
import type { Pen } from "./markdown-writer.ts";
import { createScrubber } from "../text/scrub.ts";
import { sensitiveValues } from "./sensitive.ts";
import { say } from "./safe-text.ts";
import { UserError } from "../../config/user-error.ts";

export { dangerKinds } from "./dangers/index.ts";
export type { DangerKind } from "./dangers/index.ts";
export type { NamedPlan } from "./environment.ts";
export { checkPlan } from "./check.ts";
export type { PlanCheck } from "./check.ts";
export { failsOn } from "./fails-on.ts";
export type { Danger, ResourceJson, ReviewJson } from "./json.ts";
export { readPlan } from "./plan.ts";
export type { Plan } from "./plan.ts";
export { changedRoutes } from "./changed-routes.ts";

/** How a review is written. */
export interface ReviewOptions {
  /** Secret values that must not appear; under 4 characters they cannot be told from words. */
  readonly secrets?: readonly string[];
  /** Most characters of `markdown`. Default: 65,536, which GitHub takes for a comment. */
  readonly limit?: number;
  /** Where the full document is, when it had to be cut: an https address or a few words. */
  readonly fullDocument?: string;
  /** Hidden text by which the comment is found again: letters, digits, spaces and `_.:/-`. */
  readonly marker?: string;
}

/** A review of the plans of one or more environments. */
export interface Review {
  /** The document within the limit. */
  readonly markdown: string;
  /** The whole document. */
  readonly full: string;
  readonly json: ReviewJson;
  readonly dangers: readonly Danger[];
  /** Whether there is anything to do, or anything that a person must know. */
  readonly changed: boolean;
}

function checkMarker(marker: string): string {
  if (!/^[\w .:/-]*$/.test(marker) || marker.includes("--"))
    throw new UserError(
      "the marker: expected letters, digits, spaces and _.:/- without --, got something else",
    );
  return marker;
}

/** The pointer as a link where it is an address that cannot hold Markdown. */
function pointerTo(fullDocument: string | undefined, pen: Pen): string {
  if (fullDocument === undefined) return "`npx otp review` prints all of it.";
  if (/^https:\/\/[\w.:/?=&%#~+-]+$/.test(fullDocument))
    return `[The full document](${fullDocument}) has all of it.`;
  const isPlain = /^[\w ,.-]+$/.test(fullDocument);
  return `All of it: ${isPlain ? fullDocument : pen.code(fullDocument)}.`;
}

/** Names of what a comment leaves out, as far as an eighth of it holds them. */
function namedCut(cut: readonly string[], limit: number, pen: Pen): string {
  const names: string[] = [];
  let length = 0;
  for (const name of cut) {
    const text = pen.words(say`${name}`);
    if ((length += text.length + 2) > limit / 8) break;
    names.push(text);
  }
  const rest = cut.length - names.length;
  if (names.length === 0) return `${cut.length} parts`;
  return `${names.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** All texts inside a review for machines but for its keys and kinds, which are ours. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => (key === "kind" ? [] : texts(inner)))
    : [];
}

/**
 * Writes a document on plans for a pull request.
 *
 * @param plans - in the order in which they shall be read
 * @throws UserError where a known secret could not be kept out
 */
export function review(plans: readonly NamedPlan[], options: ReviewOptions = {}): Review {
  const { secrets = [], limit = 65_536, fullDocument, marker = "" } = options;
  const scrubber = createScrubber([
    ...secrets,
    ...plans.flatMap(({ plan }) => sensitiveValues(plan)),
  ]);
  const pen = createPen((text) => scrubber.scrub(text));
  const differ = createDiffer();
  const environments = plans.map((named) => readEnvironment(named, differ));
  const all = pieces(environments, checkMarker(marker), pen);
  const note = (cut: readonly string[]) =>
    `✂️ Too long for one comment. Shortened or left out: ${namedCut(cut, limit, pen)}. ${pointerTo(fullDocument, pen)}`;
  const refuse = () => {
    throw new UserError(
      "the review: expected a document without secrets, got one that still holds a known value; nothing was written",
    );
  };
  const clean = (text: string) => {
    const scrubbed = scrubber.scrub(text);
    if (scrubber.finds(scrubbed)) refuse();
    return scrubbed;
  };
  const json = reviewJson(environments, pen);
  if (texts(json).some((text) => scrubber.finds(text))) refuse();
  return {
    markdown: clean(fit(all, limit, note)),
    full: clean(whole(all)),
    json,
    dangers: json.dangers,
    changed: json.changed,
  };
}
