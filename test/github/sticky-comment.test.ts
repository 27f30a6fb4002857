import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../.github/scripts/github/api.ts";
import { stick } from "../../.github/scripts/github/sticky-comment.ts";
import { GitHubStandIn } from "./github.ts";

let github: GitHubStandIn;
beforeEach(async () => {
  github = new GitHubStandIn();
  await github.start();
});
afterEach(() => github.stop());

const marker = "otp-plan: production";
const plan = (text: string) => `<!-- ${marker} -->\n${text}`;
const say = (body: string | undefined, more: object = {}) =>
  stick(connect({ url: github.url, token: "canary-token", firstPauseMs: 1 }), {
    repository: "team/otp",
    pullRequest: 7,
    marker,
    body,
    ...more,
  });
const bodies = () => github.comments.map(({ body }) => body);

describe("the comment of an environment on a pull request", () => {
  it("is made where there is none, with the marker as its first line", async () => {
    expect(await say("1 secret rotates")).toBe("created");
    expect(bodies()).toEqual([plan("1 secret rotates")]);
  });

  it("is not marked twice when the document carries the marker", async () => {
    await say(plan("1 secret rotates"));
    expect(bodies()).toEqual([plan("1 secret rotates")]);
  });

  it("is updated in place, on whatever page of comments it is", async () => {
    for (let count = 0; count < 5; count += 1) github.comment(`talk ${count}`, "jo");
    const { id } = github.comment(plan("old"));
    github.comment("more talk", "jo");
    expect(await say("new")).toBe("updated");
    expect(github.comments.find((one) => one.id === id)?.body).toBe(plan("new"));
    expect(github.comments).toHaveLength(7);
  });

  it("is left alone when it says the same, whatever line breaks GitHub hands out", async () => {
    github.comment(plan("one\ntwo").replaceAll("\n", "\r\n"));
    expect(await say("one\ntwo\n")).toBe("unchanged");
    expect(github.asked.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it("is deleted when there is nothing to say", async () => {
    github.comment("talk", "jo");
    github.comment(plan("old"));
    expect(await say(undefined)).toBe("deleted");
    expect(bodies()).toEqual(["talk"]);
  });

  it("is not made when there is nothing to say and never was", async () => {
    expect(await say(undefined)).toBe("none");
    expect(bodies()).toEqual([]);
  });

  it.each([
    ["another person's with the same marker", plan("mine"), "mallory"],
    ["one that quotes the marker further down", `> quoted\n${plan("old")}`, undefined],
    ["one of another environment", "<!-- otp-plan: production-eu -->\nold", undefined],
  ])("leaves %s alone", async (_, body, login) => {
    github.comment(body, login);
    expect(await say("new")).toBe("created");
    expect(await say(undefined)).toBe("deleted");
    expect(bodies()).toEqual([body]);
  });

  it("is made anew when somebody deletes it before it is updated", async () => {
    github.comment(plan("old"));
    github.onRequest = ({ method }) => {
      if (method === "PATCH") github.comments.length = 0;
    };
    expect(await say("new")).toBe("created");
    expect(bodies()).toEqual([plan("new")]);
  });

  it("is not missed when somebody deletes it before we do", async () => {
    github.comment(plan("old"));
    github.onRequest = ({ method }) => {
      if (method === "DELETE") github.comments.length = 0;
    };
    expect(await say(undefined)).toBe("deleted");
  });

  it("is the older of two that a race left behind; the newer is removed", async () => {
    const { id } = github.comment(plan("first"));
    github.comment(plan("second"));
    expect(await say("new")).toBe("updated");
    expect(github.comments.map((one) => one.id)).toEqual([id]);
    expect(bodies()).toEqual([plan("new")]);
  });

  it("gives way to one that another run made at the same moment", async () => {
    github.onRequest = ({ method }) => {
      if (method === "POST" && github.comments.length === 0) github.comment(plan("theirs"));
    };
    await say("ours");
    expect(bodies()).toEqual([plan("ours")]);
  });

  it("is there once when GitHub made it and failed to say so", async () => {
    github.faults.push({ method: "POST", afterwards: true, status: 502 });
    await say("new");
    expect(bodies()).toEqual([plan("new")]);
  });

  it("stays one when the token belongs to another author than was thought", async () => {
    github.login = "our-app[bot]";
    github.comment(plan("old"), github.login);
    await say("new");
    expect(bodies()).toEqual([plan("new")]);
  });

  it("belongs to the author that was named", async () => {
    github.login = "our-app[bot]";
    github.comment(plan("old"), github.login);
    expect(await say("new", { author: "our-app[bot]" })).toBe("updated");
  });
});
