import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCode, textOfHtml } from "../../../emulator/inbox/text.ts";

describe("the code in a text", () => {
  it.each([
    ["Your verification code is 493817.", "493817"],
    ["493817 is your code, it is valid for 3 minutes", "493817"],
    ["Code:493817", "493817"],
    ["Ihr Anmeldeschlüssel lautet 493817", "493817"],
    ["© 2026 Example. Your code is 493817", "493817"],
    ["Call +14155550123 if this was not you. Code: 4938", "4938"],
    ["Your PIN: 49381726", "49381726"],
    ["Sign in.\n\n@example.com #493817", "493817"],
    ["Welcome! © 2026 Example, 94105 San Francisco", undefined],
    ["Call +14155550123 or write to https://example.com/123456", undefined],
    ["You paid 1,493817.00", undefined],
    ["", undefined],
  ])("in %j is %j", (text, code) => {
    expect(findCode(text)).toBe(code);
  });
});

describe("the text of an HTML body", () => {
  it.each([
    ["<p>Your code is <b>493817</b></p><p>Bye</p>", "Your code is 493817\nBye"],
    ["<style>p{color:#123456}</style><p>a</p>", "a"],
    ["<head><title>t</title></head><body>b<br>c</body>", "b\nc"],
    [
      "<!-- 654321 --><!doctype html>x &amp; y &#60;z&#x3e; &nope; &#9999999;",
      "x & y <z> &nope; &#9999999;",
    ],
    ["1 < 2 and <unclosed", "1 < 2 and"],
    ["<script>alert(1)", ""],
  ])("of %j is %j", (html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });

  it("is found for any input, however broken", () => {
    const piece = fc.constantFrom("<", ">", "<style", "</style>", "<!--", "-->", "&#", "x", ";");
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        const html = pieces.join("");
        expect(textOfHtml(html).length).toBeLessThanOrEqual(html.length * 2);
      }),
    );
  });
});
