import type { GitHub, Item } from "./api.ts";
import { marked, ours, sameText, workflowAuthor } from "./marker.ts";
import type { Outcome } from "./sticky-comment.ts";

export interface DriftIssue {
  /** `owner/name`. */
  readonly repository: string;
  readonly marker: string;
  readonly title: string;
  /** Undefined when there is no drift. */
  readonly body: string | undefined;
  /** Said when the issue is closed. */
  readonly farewell: string;
  /** Login that the token writes as. Default: that of a workflow. */
  readonly author?: string;
}

/** GitHub lists pull requests as issues too. */
const isIssue = (item: Item) => !("pull_request" in item);

/**
 * Keeps one open issue for what it is about: opened once, updated in place, closed with a word when
 * there is nothing left. Of two that a race left open the newer is closed.
 *
 * @returns "deleted" where the issue was closed
 */
export async function keepIssue(github: GitHub, issue: DriftIssue): Promise<Outcome> {
  const { repository, marker, title, body, farewell, author = workflowAuthor } = issue;
  const issues = `/repos/${repository}/issues`;
  const find = async (login: string) => {
    const items = await github.all(`${issues}?state=open&creator=${encodeURIComponent(login)}`);
    return ours(items.filter(isIssue), { marker, author: login, id: "number" });
  };
  const close = async (id: number, reason: "completed" | "not_planned", word: string) => {
    await github.request("POST", `${issues}/${id}/comments`, { body: word });
    await github.request("PATCH", `${issues}/${id}`, { state: "closed", state_reason: reason });
  };
  const closeOthers = async (first: number, others: readonly { readonly id: number }[]) => {
    for (const { id } of others) await close(id, "not_planned", `The same as #${first}.`);
  };

  const [first, ...others] = await find(author);
  if (body === undefined) {
    if (!first) return "none";
    for (const { id } of [first, ...others]) await close(id, "completed", farewell);
    return "deleted";
  }
  const text = marked(body, marker);
  if (first) {
    await closeOthers(first.id, others);
    if (sameText(first.body, text)) return "unchanged";
    await github.request("PATCH", `${issues}/${first.id}`, { title, body: text });
    return "updated";
  }
  await github.request("POST", issues, { title, body: text });
  const [oldest, ...newer] = await find(author);
  if (oldest) await closeOthers(oldest.id, newer);
  return "created";
}
