import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../.github/scripts/github/api.ts";
import { keepIssue } from "../../.github/scripts/github/drift-issue.ts";
import { GitHubStandIn } from "./github.ts";

let github: GitHubStandIn;
beforeEach(async () => {
  github = new GitHubStandIn();
  await github.start();
});
afterEach(() => github.stop());

const marker = "otp-drift: production";
const drift = (text: string) => `<!-- ${marker} -->\n${text}`;
const report = (body: string | undefined) =>
  keepIssue(connect({ url: github.url, token: "canary-token", firstPauseMs: 1 }), {
    repository: "team/otp",
    marker,
    title: "production has drifted",
    body,
    farewell: "No drift any more.",
  });
const open = () => github.issues.filter(({ state }) => state === "open");

describe("the issue of an environment's drift", () => {
  it("is opened at the first drift", async () => {
    expect(await report("a sender was edited by hand")).toBe("created");
    expect(open()).toMatchObject([
      { title: "production has drifted", body: drift("a sender was edited by hand") },
    ]);
  });

  it("is updated in place while the drift lasts, on whatever page it is", async () => {
    for (let count = 0; count < 5; count += 1) github.issue(`other ${count}`);
    const issue = github.issue(drift("old"));
    expect(await report("new")).toBe("updated");
    expect(issue.body).toBe(drift("new"));
    expect(open()).toHaveLength(6);
  });

  it("is left alone while the drift is the same", async () => {
    github.issue(drift("same"));
    expect(await report("same")).toBe("unchanged");
    expect(github.asked.every(({ method }) => method === "GET")).toBe(true);
  });

  it("is closed with a word when the drift is gone", async () => {
    const issue = github.issue(drift("old"));
    expect(await report(undefined)).toBe("deleted");
    expect(issue).toMatchObject({ state: "closed", state_reason: "completed" });
    expect(github.comments.map(({ body }) => body)).toEqual(["No drift any more."]);
  });

  it("is not opened where nothing drifts", async () => {
    expect(await report(undefined)).toBe("none");
    expect(github.issues).toEqual([]);
  });

  it("is opened anew after it was closed", async () => {
    github.issue(drift("old"), { state: "closed" });
    expect(await report("new")).toBe("created");
    expect(open()).toHaveLength(1);
  });

  it.each([
    ["somebody else's with the same marker", { user: { login: "mallory" } }],
    ["a pull request with the same marker", { pull_request: {} }],
  ])("leaves %s alone", async (_, more) => {
    const theirs = github.issue(drift("theirs"), more);
    await report("new");
    await report(undefined);
    expect(theirs).toMatchObject({ state: "open", body: drift("theirs") });
  });

  it("is the older of two that a race left open; the newer is closed", async () => {
    const older = github.issue(drift("first"));
    const newer = github.issue(drift("second"));
    await report("new");
    expect(older).toMatchObject({ state: "open", body: drift("new") });
    expect(newer).toMatchObject({ state: "closed", state_reason: "not_planned" });
  });

  it("is open once when GitHub opened it and failed to say so", async () => {
    github.faults.push({ method: "POST", path: /issues$/, afterwards: true, reset: true });
    await report("new");
    expect(open()).toHaveLength(1);
  });
});
