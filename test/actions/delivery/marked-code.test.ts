import { describe, expect, it } from "vitest";
import { markCode, markedCode } from "../../../actions/delivery/marked-code.ts";

describe("a template's code", () => {
  it.each([
    ["<p>Code <b>{{ code }}</b></p>", "<p>Code <b><span data-otp>{{ code }}</span></b></p>"],
    ["{{code}}", "<span data-otp>{{code}}</span>"],
    ["{{- password -}} works", "<span data-otp>{{- password -}}</span> works"],
    ["@@password@@ works", "<span data-otp>@@password@@</span> works"],
    ["{{ code | upcase }}", "<span data-otp>{{ code | upcase }}</span>"],
  ])("is marked in %s", (template, expected) => {
    expect(markCode(template)).toBe(expected);
  });

  it("is marked once, where people read it", () => {
    const unread =
      '<html><head><title>{{ code }}</title></head><!-- {{ code }} --><a href="/?c={{ code }}">';
    expect(markCode(`${unread}{{ code }}</a> {{ code }}`)).toBe(
      `${unread}<span data-otp>{{ code }}</span></a> {{ code }}`,
    );
  });

  it.each([
    "<b data-otp>{{ code }}</b> and {{ code }}",
    '<b class="x" data-otp="">{{ code }}</b>',
    "<p>{{ codes }} {{ application.name }}</p>",
    "",
  ])("is left alone in %j", (template) => {
    expect(markCode(template)).toBe(template);
  });
});

describe("an e-mail's code", () => {
  it.each([
    ["<p>Code <b data-otp>482913</b></p>", "482913"],
    ['<b class="x" data-otp style="a">482913</b>', "482913"],
    ['<b data-otp="">\n 482 913 </b>', "482913"],
    ["<b data-otp>4829-13</b>", "482913"],
    ["<B DATA-OTP>AB12CD</B>", "AB12CD"],
    ["560001 <span data-otp>482913</span> 560001 <i data-otp>482913</i>", "482913"],
  ])("is what is marked in %s", (html, code) => {
    expect(markedCode(html)).toBe(code);
  });

  it.each([
    ["nothing is marked", "<p>Your code is <b>482913</b></p>"],
    ["two codes are marked", "<b data-otp>482913</b><b data-otp>123456</b>"],
    ["the mark stands in a text", "data-otp>482913<"],
    ["the mark stands in a value", '<b title="x data-otpx">482913</b>'],
    ["the mark has another name", "<b data-otps>482913</b>"],
    ["what is marked is too short", "<b data-otp>12 3</b>"],
    ["what is marked is too long", "<b data-otp>12345678901</b>"],
    ["what is marked is no code", "<b data-otp>Ä482913</b>"],
    ["the mark is empty", "<b data-otp></b>"],
  ])("is unknown if %s", (_name, html) => {
    expect(markedCode(html)).toBeUndefined();
  });

  it("survives its template", () => {
    const html = markCode("[Ticket 104233] Your code <b>{{ code }}</b>").replace("{{ code }}", "7");
    expect(markedCode(html.replace("7", "482913"))).toBe("482913");
  });

  it.each(["<a ", "<a data-otp", "<a data-otp>1", " data-otp", "<a data-otp>1<"])(
    "is looked for in a megabyte of %j without delay",
    (piece) => {
      const start = process.cpuUsage();
      markedCode(piece.repeat(1_000_000 / piece.length));
      markCode(piece.repeat(1_000_000 / piece.length));
      expect(process.cpuUsage(start).user).toBeLessThan(1_500_000);
    },
  );
});
