import { describe, expect, it } from "vitest";
import { plainText } from "../../../actions/delivery/plain-text.ts";

describe("plain text", () => {
  it.each([
    ["<p>Your code is <b>123456</b></p>", "Your code is 123456"],
    ["<p>one</p><p>two</p>", "one\ntwo"],
    ["one<br>two<BR/>three", "one\ntwo\nthree"],
    ["<ul><li>a</li><li>b</li></ul><h1>c</h1>d", "a\nb\nc\nd"],
    ["<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "a\nb"],
    ["<div>a</div>\r\n\t <div>b</div>", "a\nb"],
    ["a<br><br><br><br>b", "a\n\nb"],
    ["a   \n  b", "a b"],
    [
      '<a class="x" href="https://example.com/?a=1">Sign in</a>',
      "Sign in (https://example.com/?a=1)",
    ],
    ["a &amp; b &lt;c&gt; &quot;d&quot;&nbsp;e", 'a & b <c> "d" e'],
    ["&#8364;&#x20ac;&#X1F510;", "€€\u{1F510}"],
    ["&unknown; &#9999999; &#x; &;", "&unknown; &#9999999; &#x; &;"],
    ["<style>p { color: red }</style>text", "text"],
    ["<head><title>t</title></head><body>text</body>", "text"],
    ["<script type='x'>alert('<b>')</script>text", "text"],
    ["<STYLE>x</STYLE>a<script>y</script>b", "ab"],
    ["  <p> a </p>  ", "a"],
    ["no tags", "no tags"],
    ["", ""],
  ])("of %j is %j", (html, expected) => {
    expect(plainText(html)).toBe(expected);
  });

  it.each([
    "<",
    "<a ",
    "<style",
    "<style>",
    "</style>",
    "&#",
    "&a",
    "<a href=",
    '<a href="',
    " \n",
    "<br",
  ])(
    "of a megabyte of %j is made in less than the time of a code's life",
    (piece) => {
      // Quadratic work would take minutes and end in the test's own limit.
      expect(plainText(piece.repeat(1_000_000 / piece.length)).length).toBeLessThan(1_000_001);
    },
    20_000,
  );
});
