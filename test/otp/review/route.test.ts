import { describe, expect, it } from "vitest";
import { changedRoutes } from "../../../otp/review/index.ts";
import { actionValues, bundle, planOf, rebundled, reviewOf } from "./plans.ts";
import type { ManifestInput } from "./plans.ts";

/** The lines of the diagram in the review of a change from one bundle to another. */
function diagram(before: ManifestInput, after: ManifestInput): string[] {
  const { markdown } = reviewOf([rebundled(before, after)]);
  return (/```mermaid\n([^]*?)\n```/.exec(markdown)?.[1] ?? "")
    .split("\n")
    .map((one) => one.trim());
}

describe("the route of a channel", () => {
  it("draws what stays thin, what comes thick, and what goes dotted", () => {
    expect(diagram({ vendors: ["a/text", "b/text"] }, { vendors: ["a/text", "c/text"] })).toEqual([
      "flowchart LR",
      'lane0(["codes by text message"])',
      'lane0v0["a"]',
      'lane0v1["c"]:::added',
      'lane0v2["b"]:::removed',
      "lane0 --> lane0v0",
      "lane0v0 ==> lane0v1",
      "lane0v0 -.-> lane0v2",
      "classDef added fill:#dafbe1,stroke:#1a7f37,color:#116329",
      "classDef removed fill:#ffebe9,stroke:#cf222e,color:#82071e,stroke-dasharray:4 4",
    ]);
  });

  it("draws a lane for each way and each route that makes an exception", () => {
    const lanes = diagram(
      { vendors: ["a/text"] },
      {
        vendors: ["a/text", "a/voice", "b/text"],
        routes: [{ countries: ["US", "CA"], channels: ["text"], vendors: ["b", "a"] }],
      },
    ).filter((line) => line.includes("(["));
    expect(lanes).toEqual([
      'lane0(["codes by text message"])',
      'lane1(["codes by call"])',
      'lane2(["codes by text message to US and CA"])',
    ]);
  });

  it("is drawn of nothing but plain labels", () => {
    const hostile = 'a"]:::x --> b; click a "http://evil.example" %%{init}%% <b> `c` #quot;';
    const plain =
      /^(flowchart LR|lane\d+\(\["[\w ./+,()-]+"\]\)|lane\d+v\d+\["[\w ./+,()-]+"\](:::(added|removed))?|lane\d+(v\d+)? (-->|==>|-\.->) lane\d+v\d+|classDef .*)$/;
    const lines = diagram(
      { vendors: ["a/text", `${hostile}/text`] },
      {
        vendors: [`${hostile}/text`, "a/text", `b/${hostile}`],
        routes: [{ countries: [hostile], vendors: ["a"] }],
      },
    );
    expect(lines.filter((line) => !plain.test(line))).toEqual([]);
  });

  it("says the same in words", () => {
    const { markdown } = reviewOf([
      rebundled({ vendors: ["a/text", "b/text"] }, { vendors: ["b/text", "a/text"] }),
    ]);
    expect(markdown).toContain("- codes by text message: `b` and `a`; before `a` and `b`");
  });

  it("marks nothing as added where there was no Action", () => {
    const { markdown } = reviewOf([
      {
        address: "auth0_action.phone",
        actions: ["create"],
        after: actionValues(bundle({ vendors: ["a/text"] })),
      },
    ]);
    expect(markdown).toContain('lane0v0["a"]\n');
    expect(markdown).not.toContain(":::added");
  });

  it("is left out for code that says nothing of itself", () => {
    const { markdown } = reviewOf([{ before: actionValues("1;"), after: actionValues("2;") }]);
    expect(markdown).not.toContain("mermaid");
  });
});

describe("changedRoutes", () => {
  it.each([
    ["another order", ["a/text", "b/text"], ["b/text", "a/text"], ["phone"]],
    ["the same order", ["a/text", "b/text"], ["a/text", "b/text"], []],
  ])("names the channels to simulate for %s", (_, before, after, expected) => {
    const plan = planOf([rebundled({ vendors: before }, { vendors: after, secrets: ["A"] })]);
    expect(changedRoutes(plan)).toEqual(expected);
  });
});
