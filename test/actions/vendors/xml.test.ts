import fc from "fast-check";
import { expect, it } from "vitest";
import { xmlText } from "../../../actions/vendors/xml.ts";

it.each([
  [`a<b&c>"d"'e'`, "a&lt;b&amp;c&gt;&quot;d&quot;&apos;e&apos;"],
  ["&amp;", "&amp;amp;"],
  ["a\u0000b\u0007c\u000bd\u001be\u007f", "abcde\u007f"],
  ["a\ud800b\ufffe\uffff", "ab"],
  ["line\none\ttwo", "line\none\ttwo"],
  ["código ✅ 🔐", "código ✅ 🔐"],
])("writes %j as %s", (text, expected) => {
  expect(xmlText(text)).toBe(expected);
});

it("leaves no markup and no forbidden character of any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(xmlText(text)).toMatch(
        /^(?:[\t\n\r\u{20}!#-%(-;=?-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]|&(?:amp|lt|gt|quot|apos);)*$/u,
      );
    }),
  );
});
