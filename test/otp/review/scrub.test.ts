import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { review } from "../../../otp/review/index.ts";
import type { Review } from "../../../otp/review/index.ts";
import { actionValues, bundle, planOf, reviewOf } from "./plans.ts";

const canary = 'canary/of+a <secret> & "more"=';
const pem = `-----BEGIN KEY-----\nMIIBcanary0123456789\nZm9vYmFyYmF6\nQUJDREVG\n-----END KEY-----\n`;

const everything = ({ markdown, full, json, dangers }: Review) =>
  [markdown, full, JSON.stringify(json), JSON.stringify(dangers)].join("\n");

const base64 = (text: string) => Buffer.from(text).toString("base64");

/** How a secret may stand in code or in a value that nothing marks as sensitive. */
const disguises: readonly (readonly [string, string, RegExp])[] = [
  ["as it is", `key = ${canary};`, /canary/],
  ["in JSON", JSON.stringify({ key: canary }), /canary/],
  ["in JSON inside JSON", JSON.stringify(JSON.stringify({ key: canary })), /canary/],
  [
    "in Terraform's JSON",
    '{"key":"canary/of+a \\u003csecret\\u003e \\u0026 \\"more\\"="}',
    /canary/,
  ],
  ["in an address", `https://x.example/?key=${encodeURIComponent(canary)}`, /canary/],
  ["in a form", new URLSearchParams({ key: canary }).toString(), /canary/],
  ["in HTML", "canary/of+a &lt;secret&gt; &amp; &quot;more&quot;=", /canary/],
  ["in base64", base64(canary), /Y2FuYXJ5/],
  ["in base64 after one byte", base64(`:${canary}`), /NhbmFyeS9v/],
  ["in base64 after two bytes", base64(`u:${canary}`), /pjYW5hcnkv/],
  ["in base64 after a user's name", `Basic ${base64(`user:${canary}`)}`, /pjYW5hcnkv/],
  ["in base64 for addresses", Buffer.from(canary).toString("base64url"), /Y2FuYXJ5/],
  ["in hexadecimal", Buffer.from(canary).toString("hex"), /63616e617279/],
  ["in several lines", `const key = \`${pem}\`;`, /MIIBcanary|Zm9vYmFy|QUJDREVG/],
];

const secrets = [canary, "canary-plain", pem];

describe("a known secret", () => {
  it.each(disguises)("is found %s, in code and in values", (_, text, trace) => {
    const result = reviewOf(
      [
        {
          address: `auth0_action.phone["${text}"]`,
          type: "auth0_action",
          before: actionValues(bundle({ vendors: [`${text}/text`], secrets: [text] }, "a();")),
          after: actionValues(bundle({ vendors: ["b/text"] }, `a();\n${text}\nb();`), {
            note: text,
          }),
        },
      ],
      { secrets },
      { output_changes: { [text]: { actions: ["create"], after: text } } },
    );
    expect(text).toMatch(trace);
    expect(everything(result)).not.toMatch(trace);
    expect(result.markdown).toContain("•••••");
  });

  it("is found in the name of an environment, a simulation and the pointer", () => {
    const plan = planOf([{ before: { a: 1 }, after: { a: 2 } }]);
    const result = review([{ environment: canary, plan, simulation: `| ${canary} |` }], {
      secrets,
      fullDocument: canary,
      limit: 600,
    });
    expect(everything(result)).not.toContain("canary");
  });

  it("leaves no rest of one that begins with another", () => {
    const { markdown } = reviewOf([{ before: { a: "" }, after: { a: "canary-plain-and-tail" } }], {
      secrets: ["canary-plain", "canary-plain-and-tail"],
    });
    expect(markdown).toContain('a = "•••••"');
  });

  it("is found where a long line is cut", () => {
    const line = `${"x".repeat(1_990)}${canary}${"y".repeat(500)}`;
    const result = reviewOf([{ before: actionValues("1;"), after: actionValues(line) }], {
      secrets,
    });
    expect(everything(result)).not.toMatch(/canary|x{1990}can/);
  });

  it("shows that it changes even where both values are secrets", () => {
    const { markdown } = reviewOf([{ before: { note: canary }, after: { note: "canary-plain" } }], {
      secrets,
    });
    expect(markdown).toContain('- note = "•••••"\n+ note = "•••••"');
  });

  it("is found in no form, whatever it is", () => {
    const secret = fc.string({ minLength: 6, maxLength: 40, unit: "grapheme" });
    fc.assert(
      fc.property(secret, (value) => {
        const texts = [value, JSON.stringify(value), encodeURIComponent(value), base64(value)];
        const result = reviewOf(
          texts.map((text, index) => ({
            address: `auth0_action.a${String(index)}`,
            before: actionValues("", { note: "" }),
            after: actionValues(`x\n${text}\ny`, { note: text, [text]: 1 }),
          })),
          { secrets: [value] },
        );
        expect(result.markdown.includes(value)).toBe(false);
        expect(result.full.includes(encodeURIComponent(value))).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it("of under six characters is found only where it stands alone", () => {
    const { markdown } = reviewOf([{ before: { a: "" }, after: { a: "pin 4711", b: "147110" } }], {
      secrets: ["4711"],
    });
    expect(markdown).toContain('a = "pin •••••"');
    expect(markdown).toContain('b = "147110"');
  });

  it("of under four characters is passed over, since every sentence would be full of it", () => {
    expect(reviewOf([], { secrets: ["no", ""] }).markdown).toContain("no changes");
  });

  it("that is a word of the review itself disappears from it all the same", () => {
    const { markdown } = reviewOf([], { secrets: ["changes"] });
    expect(markdown).toBe("- ⚪ **production**: no •••••");
  });
});

describe("a value that the plan marks as sensitive", () => {
  const hidden = "canary-that-only-the-plan-knows";

  it.each([
    ["a value", { key: hidden }, { key: true }],
    ["a nested value", { a: [{ b: { key: hidden } }] }, { a: [{ b: { key: true } }] }],
    ["a value in a whole that is sensitive", { a: { b: [hidden] } }, { a: true }],
    ["an element of a list", { a: ["x", hidden] }, { a: [false, true] }],
    ["an element of a set", { a: [hidden] }, { a: [true] }],
    ["everything", { a: hidden }, true],
  ])("is masked: %s", (_, values, marks) => {
    for (const [before, after] of [
      [values, null],
      [null, values],
      [values, { a: "other", key: "other" }],
    ]) {
      const result = reviewOf([
        { actions: ["update"], before, after, beforeSensitive: marks, afterSensitive: marks },
      ]);
      expect(everything(result)).not.toContain("canary");
      expect(result.markdown).toContain("(sensitive");
    }
  });

  it("is masked when it is code, on whichever side the mark is", () => {
    for (const marks of [
      { beforeSensitive: { code: true } },
      { afterSensitive: { code: true } },
      { unknown: { code: true }, beforeSensitive: { code: true } },
    ]) {
      const { full } = reviewOf([
        { before: actionValues("short-1"), after: actionValues("short-2"), ...marks },
      ]);
      expect(full).not.toContain("short-");
      expect(full).toContain("code = (sensitive");
    }
  });

  it("is scrubbed where nothing marks it", () => {
    const result = reviewOf([
      {
        before: actionValues("1;"),
        after: actionValues(`key = "${hidden}";`, { key: hidden, note: base64(hidden) }),
        afterSensitive: { key: true },
      },
    ]);
    expect(everything(result)).not.toMatch(/canary|Y2FuYXJ5/);
  });

  it("is scrubbed when it is a variable's, declared sensitive", () => {
    const result = reviewOf(
      [{ before: { a: "" }, after: { a: hidden } }],
      {},
      {
        variables: { KEY: { value: hidden } },
        configuration: { root_module: { variables: { KEY: { sensitive: true } } } },
      },
    );
    expect(everything(result)).not.toContain("canary");
  });

  it("is masked in outputs and in what changed outside Terraform", () => {
    const result = reviewOf(
      [],
      {},
      {
        output_changes: {
          key: { actions: ["update"], before: "a", after: hidden, after_sensitive: true },
        },
        resource_drift: [
          {
            address: "auth0_action.a",
            type: "auth0_action",
            change: {
              actions: ["update"],
              before: { code: "1;" },
              after: { code: hidden },
              after_sensitive: { code: true },
            },
          },
        ],
      },
    );
    expect(everything(result)).not.toContain("canary");
    expect(result.markdown).toContain("- key = (sensitive)\n+ key = (sensitive, changed)");
  });

  it("does not hide that it changes", () => {
    const marks = { key: true };
    const { markdown } = reviewOf([
      {
        before: { key: hidden },
        after: { key: `${hidden}2` },
        beforeSensitive: marks,
        afterSensitive: marks,
      },
    ]);
    expect(markdown).toContain("- key = (sensitive)\n+ key = (sensitive, changed)");
  });
});
