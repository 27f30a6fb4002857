import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../.github/scripts/github/api.ts";
import { pauseBefore } from "../../.github/scripts/github/pause.ts";
import { GitHubStandIn } from "./github.ts";

let github: GitHubStandIn;
beforeEach(async () => {
  github = new GitHubStandIn();
  await github.start();
  github.answers.set("/thing", { found: true });
});
afterEach(() => github.stop());

const said: string[] = [];
const connected = (more: object = {}) => {
  said.length = 0;
  const say = (line: string) => said.push(line);
  return connect({ url: github.url, token: "canary-token", firstPauseMs: 1, say, ...more });
};
const answer = (status: number, headers: Record<string, string> = {}, data: unknown = {}) => ({
  status,
  headers: new Headers(headers),
  data,
});

describe("requests to GitHub", () => {
  it("carry the token in a header and nowhere else", async () => {
    await connected().request("GET", "/thing");
    expect(github.asked).toMatchObject([{ path: "/thing", authorization: "Bearer canary-token" }]);
  });

  it.each([
    ["a server's fault", { status: 502 }],
    ["a reset connection", { reset: true }],
    ["an answer that is cut off", { status: 200, body: '{"found":' }],
    ["a limited rate", { status: 429, headers: { "retry-after": "0" } }],
    ["a secondary limit of the rate", { status: 403, headers: { "retry-after": "0" } }],
  ])("are made again after %s, and say so", async (_, fault) => {
    github.faults.push(fault, fault);
    expect(await connected().request("GET", "/thing")).toEqual({ found: true });
    expect(github.asked).toHaveLength(3);
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/^GET \/thing: .*; .* at fault|limits the rate/);
  });

  it.each([
    ["a missing permission", 403, "Resource not accessible by integration"],
    ["a refused body", 422, "Body is too long"],
    ["a wrong token", 401, "Bad credentials"],
  ])(
    "are not made again after %s, and the error holds GitHub's words",
    async (_, status, message) => {
      github.faults.push({ status, body: JSON.stringify({ message }) });
      await expect(connected().request("GET", "/thing")).rejects.toThrow(
        new RegExp(`^GET /thing: expected GitHub to carry it out, got: ${status} ${message}$`),
      );
      expect(github.asked).toHaveLength(1);
    },
  );

  it("give up when the limit of the rate lasts longer than they may wait", async () => {
    github.faults.push({ status: 429, headers: { "retry-after": "3600" } });
    await expect(connected().request("GET", "/thing")).rejects.toThrow(/got: 429/);
    expect(github.asked).toHaveLength(1);
  });

  it("give up after six tries", async () => {
    for (let count = 0; count < 9; count += 1) github.faults.push({ status: 500 });
    await expect(connected().request("GET", "/thing")).rejects.toThrow(/got: 500 .* after 6 tries/);
    expect(github.asked).toHaveLength(6);
  });

  it("do not follow a next page to another host, which would get the token", async () => {
    github.faults.push({
      status: 200,
      body: "[]",
      headers: { link: '<https://example.com/thing?page=2>; rel="next"' },
    });
    expect(await connected().all("/thing")).toEqual([]);
    expect(github.asked).toHaveLength(1);
  });

  it("never show the token in an error", async () => {
    github.faults.push({ status: 401, body: "{}" });
    const error: unknown = await connected()
      .request("GET", "/thing")
      .catch((e: unknown) => e);
    expect(String(error)).not.toContain("canary-token");
  });
});

describe("the pause before a request is made again", () => {
  it.each([
    ["what Retry-After says", answer(429, { "retry-after": "30" }), 30_000],
    [
      "the time until the limit is reset",
      answer(403, {
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": String(Math.round(Date.now() / 1000) - 5),
      }),
      1_000,
    ],
    ["the first pause", undefined, 1_000],
    ["the first pause", answer(500), 1_000],
  ])("is %s", (_, got, ms) => {
    expect(pauseBefore(2, got)?.ms).toBe(ms);
  });

  it("doubles each time", () => {
    expect([2, 3, 4].map((tries) => pauseBefore(tries, undefined)?.ms)).toEqual([
      1_000, 2_000, 4_000,
    ]);
  });

  it("is none where asking again is of no use", () => {
    expect(pauseBefore(2, answer(404))).toBeUndefined();
    expect(pauseBefore(2, answer(403, { "x-ratelimit-remaining": "57" }))).toBeUndefined();
  });
});
