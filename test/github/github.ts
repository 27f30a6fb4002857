import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface Comment {
  id: number;
  body: string;
  user: { login: string };
}

export interface Issue {
  number: number;
  title: string;
  body: string;
  state: string;
  state_reason?: string;
  user: { login: string };
  pull_request?: object;
}

/** What a request is answered with instead. */
export interface Fault {
  readonly method?: string;
  readonly path?: RegExp;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Carries the request out first, as a server does that fails while it answers. */
  readonly afterwards?: boolean;
  /** Closes the connection without an answer. */
  readonly reset?: boolean;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

const bot = "github-actions[bot]";

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/**
 * The part of GitHub's REST API that our workflows use, on this machine: comments and issues with
 * pages of `pageSize`, runs and artifacts as they are put in.
 */
export class GitHubStandIn {
  readonly comments: Comment[] = [];
  readonly issues: Issue[] = [];
  /** Answers of other paths, e.g. `/repos/team/otp/commits/abc/pulls`. */
  readonly answers = new Map<string, unknown>();
  readonly asked: Asked[] = [];
  /** Each is used once, by the first request that it fits. */
  readonly faults: Fault[] = [];
  /** Hears of each request before it is answered. */
  onRequest: (asked: Asked) => void = () => undefined;
  /** Who the token belongs to. */
  login = bot;
  pageSize = 2;
  url = "";
  private next = 100;
  private readonly server = createServer((request, response) => {
    void this.answer(request).then(
      ({ status, headers = {}, body, reset }) => {
        if (reset) response.destroy();
        else response.writeHead(status, headers).end(body);
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  comment(body: string, login = bot): Comment {
    const made = { id: (this.next += 1), body, user: { login } };
    this.comments.push(made);
    return made;
  }

  issue(body: string, more: Partial<Issue> = {}): Issue {
    const number = (this.next += 1);
    const made = { number, title: "", body, state: "open", user: { login: bot }, ...more };
    this.issues.push(made);
    return made;
  }

  private async answer(request: IncomingMessage): Promise<{
    status: number;
    headers?: Readonly<Record<string, string>>;
    body?: string;
    reset?: boolean;
  }> {
    const { method = "", url = "/", headers } = request;
    const asked = {
      method,
      path: url,
      authorization: headers.authorization,
      body: await bodyOf(request),
    };
    this.asked.push(asked);
    this.onRequest(asked);
    const at = this.faults.findIndex(
      (fault) => (fault.method ?? method) === method && (fault.path?.test(url) ?? true),
    );
    const [fault] = at < 0 ? [] : this.faults.splice(at, 1);
    if (fault && !fault.afterwards) return { status: 500, body: "{}", ...fault };
    const answer = this.carryOut(method, new URL(url, this.url), asked.body);
    if (fault) return { status: 500, body: "{}", ...fault };
    return {
      ...answer,
      body: answer.body === undefined ? "" : JSON.stringify(answer.body),
    };
  }

  private carryOut(method: string, url: URL, body: Readonly<Record<string, unknown>>) {
    const path = url.pathname;
    const [, number] = /^\/repos\/team\/otp\/issues\/(\d+)$/.exec(path) ?? [];
    const [, id] = /^\/repos\/team\/otp\/issues\/comments\/(\d+)$/.exec(path) ?? [];
    const isComments = /^\/repos\/team\/otp\/issues\/\d+\/comments$/.test(path);
    const text = typeof body["body"] === "string" ? body["body"] : "";
    if (text.length > 65_536) return { status: 422, body: { message: "Body is too long" } };
    if (isComments && method === "GET") return this.page(this.comments, url);
    if (isComments && method === "POST")
      return { status: 201, body: this.comment(text, this.login) };
    if (path === "/repos/team/otp/issues" && method === "GET") {
      const creator = url.searchParams.get("creator");
      const open = this.issues.filter(
        ({ state, user }) => state === url.searchParams.get("state") && user.login === creator,
      );
      return this.page(open, url);
    }
    if (path === "/repos/team/otp/issues" && method === "POST")
      return {
        status: 201,
        body: this.issue(text, { title: String(body["title"]), user: { login: this.login } }),
      };
    if (id !== undefined) return this.change(this.comments, "id", Number(id), method, body);
    if (number !== undefined)
      return this.change(this.issues, "number", Number(number), method, body);
    const other = this.answers.get(`${path}${url.search.replace(/[?&]per_page=100$/, "")}`);
    return other === undefined
      ? { status: 404, body: { message: "Not Found" } }
      : { status: 200, body: other };
  }

  private page(items: readonly object[], url: URL) {
    const page = Number(url.searchParams.get("page") ?? 1);
    const shown = items.slice((page - 1) * this.pageSize, page * this.pageSize);
    const following = new URL(url);
    following.searchParams.set("page", String(page + 1));
    const isLast = page * this.pageSize >= items.length;
    return {
      status: 200,
      headers: isLast ? {} : { link: `<${following.href}>; rel="next"` },
      body: shown,
    };
  }

  private change<K extends "id" | "number">(
    items: Record<K, number>[],
    key: K,
    value: number,
    method: string,
    body: Readonly<Record<string, unknown>>,
  ) {
    const at = items.findIndex((item) => item[key] === value);
    const item = items[at];
    if (!item) return { status: 404, body: { message: "Not Found" } };
    if (method === "DELETE") {
      items.splice(at, 1);
      return { status: 204 };
    }
    return { status: 200, body: Object.assign(item, body) };
  }
}
