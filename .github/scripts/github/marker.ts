import type { Item } from "./api.ts";
import { isItem } from "./api.ts";

/** Who writes with the token of a workflow. */
export const workflowAuthor = "github-actions[bot]";

/** The hidden first line by which a text of ours is found again; ends the name, so `eu` is not `eu-2`. */
export const hidden = (marker: string): string => `<!-- ${marker} -->`;

/** A text with the marker as its first line. */
export function marked(text: string, marker: string): string {
  return text.startsWith(hidden(marker)) ? text : `${hidden(marker)}\n${text}`;
}

/** A comment or an issue that a marker was put into. */
export interface Found {
  /** A comment's id, or an issue's number. */
  readonly id: number;
  readonly author: string;
  readonly body: string;
}

/**
 * What carries the marker and is ours, oldest first. Others may quote the marker: only the first
 * line counts, and only the author's own.
 */
export function ours(
  items: readonly Item[],
  { marker, author, id }: { marker: string; author: string; id: "id" | "number" },
): Found[] {
  return items
    .flatMap((item) => {
      const { [id]: key, body, user } = item;
      const login = isItem(user) ? user["login"] : undefined;
      if (typeof key !== "number" || typeof body !== "string" || login !== author) return [];
      return body.split(/\r?\n/, 1)[0] === hidden(marker) ? [{ id: key, author, body }] : [];
    })
    .sort((a, b) => a.id - b.id);
}

/** GitHub may hand out other line breaks than it was given. */
export const sameText = (a: string, b: string): boolean =>
  a.replaceAll("\r\n", "\n").trim() === b.replaceAll("\r\n", "\n").trim();
