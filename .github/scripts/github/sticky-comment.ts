import type { GitHub } from "./api.ts";
import { GitHubError, isItem } from "./api.ts";
import { marked, ours, sameText, workflowAuthor } from "./marker.ts";
import type { Found } from "./marker.ts";

export interface StickyComment {
  /** `owner/name`. */
  readonly repository: string;
  /** Number of the pull request. */
  readonly pullRequest: number;
  /** Found again by this text, which nobody sees. */
  readonly marker: string;
  /** Undefined when there is nothing to say. */
  readonly body: string | undefined;
  /** Login that the token writes as. Default: that of a workflow. */
  readonly author?: string;
}

/** What became of the comment. */
export type Outcome = "created" | "updated" | "unchanged" | "deleted" | "none";

const isGone = (error: unknown) => error instanceof GitHubError && error.status === 404;

/**
 * Keeps one comment on a pull request: made once, then updated in place, deleted when there is
 * nothing to say. Comments of others are never touched, whatever they quote; of two that a race
 * left behind the newer goes.
 */
export async function stick(github: GitHub, comment: StickyComment): Promise<Outcome> {
  const { repository, pullRequest, marker, body, author = workflowAuthor } = comment;
  const comments = `/repos/${repository}/issues/${pullRequest}/comments`;
  const one = (id: number) => `/repos/${repository}/issues/comments/${id}`;
  const find = async (login: string) =>
    ours(await github.all(comments), { marker, author: login, id: "id" });
  const remove = async ({ id }: Found) => {
    await github.request("DELETE", one(id)).catch((error: unknown) => {
      if (!isGone(error)) throw error;
    });
  };

  /** Updates the oldest and removes the others; undefined where it was deleted meanwhile. */
  async function keep([first, ...others]: readonly Found[], text: string) {
    for (const other of others) await remove(other);
    if (!first) return undefined;
    if (sameText(first.body, text)) return "unchanged" as const;
    try {
      await github.request("PATCH", one(first.id), { body: text });
      return "updated" as const;
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  const found = await find(author);
  if (body === undefined) {
    for (const each of found) await remove(each);
    return found.length > 0 ? "deleted" : "none";
  }
  const text = marked(body, marker);
  const kept = await keep(found, text);
  if (kept) return kept;
  const { user } = await github.request("POST", comments, { body: text });
  // Another run, or a request that was carried out without an answer, may have made one too.
  const login = isItem(user) ? user["login"] : undefined;
  const all = await find(typeof login === "string" ? login : author);
  if (all.length > 1) await keep(all, text);
  return "created";
}
