import { describe, expect, it } from "vitest";
import { createScrubber } from "../../../otp/text/scrub.ts";
import { visible, visibleLines } from "../../../otp/text/escape-invisible.ts";

describe("visible", () => {
  it.each([
    ["the selector behind a letter", "ses\uFE0F", "ses⟨U+FE0F⟩"],
    ["but not behind a picture", "✉\uFE0F mail", "✉\uFE0F mail"],
    ["a zero-width space", "a\u200Bb", "a⟨U+200B⟩b"],
    ["a turn of direction", "a\u202Eb", "a⟨U+202E⟩b"],
    ["a tag", "a\u{E0041}b", "a⟨U+E0041⟩b"],
    ["a Cyrillic letter in a Latin word", "p\u0430ypal", "p⟨\u0430 U+0430⟩ypal"],
    ["a Cyrillic host", "\u0430\u0440.com", "⟨\u0430 U+0430⟩⟨\u0440 U+0440⟩.com"],
  ])("shows %s", (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it("leaves a sentence in another script as it is", () => {
    expect(visible("Ваш код: 123456")).toBe("Ваш код: 123456");
  });

  it("lets nothing through that a terminal obeys", () => {
    const shown = visibleLines("a\u001B[31mb\u0007c\rd\u202Ee\nf\r\ng");

    expect(shown).not.toMatch(/[\u001B\u0007\r\u202E]/);
    expect(shown.split("\n")).toHaveLength(3);
  });
});

describe("createScrubber", () => {
  it("finds one of 3,000 values in 100 kB of code", () => {
    const secrets = Array.from(
      { length: 3_000 },
      (_, index) => `s3cret/${String(index * 7_919)}+"x"`,
    );
    const code = `const value = send("${"abc ".repeat(10)}");\n`.repeat(1_700);
    const text = `${code}${secrets[2_999] ?? ""}\n${code.slice(0, 20_000)}`;
    const scrubbed = createScrubber(secrets).scrub(text);
    expect(scrubbed).not.toContain(secrets[2_999]);
    expect(scrubbed.length).toBeGreaterThan(100_000);
  });
});
