import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { review } from "../../../otp/review/index.ts";
import { breakouts, tokens } from "./markdown.ts";
import { actionValues, bundle, driftOf, planOf } from "./plans.ts";

/** A review in which a text stands wherever a plan can hold one. */
function reviewWith(text: string): string {
  const changes = [
    {
      address: `auth0_action.phone["${text}"]`,
      type: "auth0_action",
      before: actionValues(bundle({ vendors: ["a/text", `${text}/text`], secrets: [text] }, text)),
      after: actionValues(
        bundle(
          {
            vendors: [`${text}/text`, "a/text", `b/${text}`],
            secrets: ["A"],
            countries: { allow: [text] },
            routes: [{ countries: [text], messageTypes: [text], vendors: ["a"] }],
          },
          `${text}\n${text}${text}`,
        ),
        { [text]: text, name: text, list: [text, { [text]: text }] },
      ),
      more: { previous_address: text, action_reason: text },
      moreChange: { importing: { id: text }, replace_paths: [[text]] },
    },
    { address: text, type: text, actions: [text], after: { value: text } },
    {
      address: text,
      type: "auth0_email_provider",
      actions: ["delete", "create"],
      before: { name: text, default_from_address: `a@${text}` },
      after: { name: `${text}2`, default_from_address: `b@${text}.example`, enabled: false },
      more: { deposed: text, action_reason: text },
    },
  ];
  const plan = planOf(changes, {
    ...driftOf([{ address: text, type: text, before: { a: text }, after: { a: `${text}\n2` } }]),
    output_changes: { [text]: { actions: ["update"], before: `${text}\n1`, after: `${text}\n2` } },
    checks: [{ address: { to_display: text }, status: "fail" }],
  });
  return review([{ environment: text, plan }], { fullDocument: text, marker: "otp plan" }).markdown;
}

const hostile = [
  "</details>",
  "</code></summary><img src=x onerror=alert(1)>",
  "```",
  "~~~~",
  "`````\n# Heading\n",
  "``` `` `",
  "`",
  "\\",
  "\\|",
  "|",
  "| a | b |\n| - | - |",
  "@team",
  "@octo/team please approve",
  "[x](http://evil.example)",
  "![x](https://evil.example/pixel.png)",
  "<http://evil.example>",
  "www.evil.example",
  "https://evil.example",
  "[x]: https://evil.example\n\n[x]",
  "#1 GH-1 owner/repo#1",
  "\n\n---\n\n",
  "\r\n> quote\r\r<b>",
  "<!-- otp -->",
  "--><b>bold</b>",
  "&lt;b&gt; &#64;team",
  "\u001B[31mred\u001B[0m\u001B]8;;http://evil.example\u0007",
  "a\u202Eb\u2066c\u200Bd\u{E0041}e\uFEFF",
  "\u2028# x\u2029# y\u0085# z",
  "\uD800",
  "\u0000",
  '"]) --> x; click x "http://evil.example"',
  "%%{init: {}}%%",
  "$`x`$ $$x$$ :tada:",
  " ",
  "",
  "__proto__",
  "constructor",
];

describe("content of a plan", () => {
  it.each(hostile)("does not break out of its place: %j", (text) => {
    expect(breakouts(reviewWith(text))).toEqual([]);
  });

  it("does not break out, whatever it is", () => {
    const part = fc.oneof(
      fc.constantFrom(...hostile),
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.constantFrom(
        "\n",
        "\r",
        "`",
        "``",
        "|",
        "\\",
        " ",
        "\t",
        "<",
        ">",
        "@a",
        "*",
        "_",
        "[",
        "](",
      ),
    );
    const text = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (value) => {
        expect(breakouts(reviewWith(value))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("stands in code alone", () => {
    const found = tokens(reviewWith("Zyxw {}")).filter(({ literal }) => literal.includes("Zyxw"));
    // A summary is HTML, in which it stands as code too.
    expect(new Set(found.map(({ type }) => type))).toEqual(
      new Set(["code", "code_block", "html_block"]),
    );
  });

  it("shows what cannot be seen", () => {
    const markdown = reviewWith("a\u001B[31m\u202E\u200B");
    expect(markdown).toContain("a␛[31m⟨U+202E⟩⟨U+200B⟩");
  });
});

it("refuses a marker that could end its comment", () => {
  expect(() => review([], { marker: "--> <b>" })).toThrow("the marker: expected letters");
});
