import { pauseBefore } from "./pause.ts";

/** What GitHub refused, in one readable line. */
export class GitHubError extends Error {
  override readonly name = "GitHubError";
  /** HTTP status; 0 where no answer came. */
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** An object of GitHub's API, of which only what is needed is looked at. */
export type Item = Readonly<Record<string, unknown>>;

export interface GitHubOptions {
  /** Address of the REST API, e.g. what `GITHUB_API_URL` holds. */
  readonly url: string;
  readonly token: string;
  /** Tells that it waits, and why. Default: nobody. */
  readonly say?: (line: string) => void;
  /** Ends waits and requests early. */
  readonly signal?: AbortSignal;
  /** Milliseconds for one answer. Default: 15,000. */
  readonly answerMs?: number;
  /** Most milliseconds of pauses for one request. Default: 120,000. */
  readonly pausesMs?: number;
  /** Milliseconds of the first pause, which doubles each time. Default: 1,000. */
  readonly firstPauseMs?: number;
}

/** GitHub's REST API, as far as comments, issues, runs and artifacts need it. */
export interface GitHub {
  /**
   * One request; asked again after faults of the network or the server, and when GitHub limits the
   * rate.
   *
   * @throws GitHubError for any other answer than 2xx
   */
  request(method: "GET" | "POST" | "PATCH" | "DELETE", path: string, body?: object): Promise<Item>;
  /**
   * All items of a list, page after page.
   *
   * @param key - the property that holds them, where the answer is an object
   */
  all(path: string, key?: string): Promise<Item[]>;
}

/** More pages than this are not read: 10,000 comments. */
const mostPages = 100;

export function isItem(value: unknown): value is Item {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The address of the next page, as the `Link` header names it. */
function nextPage(headers: Headers): string | undefined {
  const links = (headers.get("link") ?? "").split(",");
  const next = links.find((link) => /;\s*rel="?next"?/.test(link));
  return next === undefined ? undefined : /<([^>]+)>/.exec(next)?.[1];
}

/** The message of an answer, without line breaks. */
function messageOf(data: unknown): string {
  const message = isItem(data) ? data["message"] : undefined;
  return typeof message === "string" ? message.replaceAll(/\s+/g, " ").slice(0, 200) : "no message";
}

/**
 * Connects to GitHub.
 *
 * @throws GitHubError where the address is none
 */
export function connect(options: GitHubOptions): GitHub {
  const { token, say = () => undefined, signal, answerMs = 15_000, pausesMs = 120_000 } = options;
  if (!URL.canParse(options.url))
    throw new GitHubError("expected the address of GitHub's API in GITHUB_API_URL, got none", 0);
  const base = options.url.replace(/\/+$/, "");

  async function attempt(method: string, url: string, body?: object) {
    const timeout = AbortSignal.timeout(answerMs);
    const response = await fetch(url, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "user-agent": "otp-delivery",
        "x-github-api-version": "2022-11-28",
      },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      // A redirect could carry the token to another host.
      redirect: "error",
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    let data: unknown;
    try {
      data = text === "" ? {} : JSON.parse(text);
    } catch {
      data = undefined;
    }
    return { status: response.status, headers: response.headers, data };
  }

  async function ask(method: string, url: string, body?: object) {
    let waited = 0;
    for (let tries = 1; ; tries += 1) {
      const what = `${method} ${new URL(url).pathname}`;
      const answer = await attempt(method, url, body).catch((error: unknown) => {
        if (signal?.aborted) throw error;
        return undefined;
      });
      if (answer && answer.status < 300 && answer.data !== undefined) return answer;
      const got = answer ? `${answer.status} ${messageOf(answer.data)}` : "no answer";
      const pause = pauseBefore(tries + 1, answer, options.firstPauseMs);
      if (pause === undefined || waited + pause.ms > pausesMs)
        throw new GitHubError(
          `${what}: expected GitHub to carry it out, got: ${got}${tries > 1 ? ` after ${tries} tries` : ""}`,
          answer?.status ?? 0,
        );
      say(`${what}: ${got}; ${pause.why}, asking again in ${Math.ceil(pause.ms / 1000)} s`);
      waited += pause.ms;
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(resolve, pause.ms);
        signal?.addEventListener("abort", () => {
          clearTimeout(timer);
          reject(new GitHubError(`${what}: interrupted while waiting`, 0));
        });
      });
    }
  }

  return {
    async request(method, path, body) {
      const { data } = await ask(method, `${base}${path}`, body);
      return isItem(data) ? data : {};
    },
    async all(path, key) {
      const items: Item[] = [];
      let url: string | undefined = `${base}${path}${path.includes("?") ? "&" : "?"}per_page=100`;
      for (let page = 1; url !== undefined && page <= mostPages; page += 1) {
        const { data, headers } = await ask("GET", url);
        const list: unknown = key === undefined ? data : isItem(data) ? data[key] : undefined;
        if (!Array.isArray(list))
          throw new GitHubError(`GET ${path}: expected a list, got something else`, 0);
        items.push(...list.filter(isItem));
        const next = nextPage(headers);
        // The token goes to no other host, whatever a page says.
        url =
          next !== undefined && new URL(next).origin === new URL(base).origin ? next : undefined;
      }
      return items;
    },
  };
}
