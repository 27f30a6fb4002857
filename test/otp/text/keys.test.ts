import { describe, expect, it } from "vitest";
import { maskKeys } from "../../../otp/text/keys.ts";

/** Made-up keys in the shapes that vendors document, put together so that no scanner takes them. */
const keys: readonly (readonly [string, string])[] = [
  [
    "SendGrid",
    ["SG", "aBcDeFgHiJkLmNoPqRsT12", "uVwXyZ0123456789abcdefghijklmnopqrstuvwx12"].join("."),
  ],
  ["Twilio", `SK${"0123456789abcdef".repeat(2)}`],
  ["Mailgun", `key-${"0123456789abcdef".repeat(2)}`],
  ["Brevo", `xkeysib-${"a1b2c3d4".repeat(6)}`],
  ["Resend", `re_${"Ab12Cd34".repeat(3)}`],
  ["AWS", `AKIAABCDEFGH12345678`],
  ["a JSON web token", `eyJhbGciOi.eyJzdWIiOiI.abc_DEF-123`],
];

describe("maskKeys", () => {
  it.each(keys)("masks a key of %s wherever it stands, in our own bundles too", (_, key) => {
    for (const isOwn of [true, false]) {
      const { code, found } = maskKeys(`a();\nsend('x', \`${key}\`);`, isOwn);
      expect(code).not.toContain(key.slice(4, 16));
      expect(found).toMatchObject([{ line: 2 }]);
    }
  });

  it.each([
    "const password = 'hunter22';",
    'const cfg = { "api_key": "abcdefgh" };',
    "headers['x-auth-token'] = 'letmein99';",
    "const a = 'Zk3J9xQw7LmP2vRt8YbN4cHs';",
    "fetch('https://user:pa55word@mail.example.com/')",
    "const h = { Authorization: 'Basic dXNlcjpwYXNzd29yZA==' };",
  ])("masks in hand-made code: %s", (code) => {
    expect(maskKeys(code).found.length).toBeGreaterThan(0);
  });

  it.each([
    "const key = event.secrets.API_KEY;",
    "fetch('https://api.sendgrid.com/v3/mail/send');",
    "exports.onExecuteCustomEmailProvider = async (event, api) => {};",
    "const template = 'Your code is {{ code }}';",
  ])("leaves alone: %s", (code) => {
    expect(maskKeys(code)).toEqual({ code, found: [] });
  });

  it("keeps the lines of a private key, and shows that a key changes", () => {
    const pem = ["-----BEGIN PRIVATE KEY-----", "MIIabc", "-----END PRIVATE KEY-----"].join("\n");
    expect(maskKeys(`a\n${pem}\nb`).code.split("\n")).toHaveLength(5);
    const { code } = maskKeys("const token = 'abcdef1';\nconst other_token = 'abcdef2';");
    const [first = "", second = ""] = code.split("\n").map((line) => /'(.*)'/.exec(line)?.[1]);
    expect(first).not.toBe(second);
  });

  it("takes time that grows with the code alone", () => {
    const began = process.cpuUsage();
    maskKeys(`${"x".repeat(200_000)}\n${"a-".repeat(100_000)}\n${"key".repeat(30_000)}`);
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(2_000);
  });
});
