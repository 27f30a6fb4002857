import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, resolveConfig } from "prettier";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answersFor } from "../../../config/scaffold/answers.ts";
import { makeEnvironment } from "../../../config/scaffold/index.ts";
import { secretName } from "../../../config/scaffold/source.ts";
import { loadEnvironmentFile } from "../../../config/load.ts";
import { registry } from "../../../config/vendors.ts";
import { project } from "../../../otp/terraform/child-env.ts";
import { otp } from "./otp.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "otp-new-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const sid = `AC${"0".repeat(32)}`;

describe("otp new", () => {
  it("writes an environment by options, and says what to set and to run", async () => {
    const { code, stdout, stderr } = await otp([
      ...["new", "eu", "--domain", "eu.example.com", "--email-vendor", "postmark,http"],
      ...["--phone-vendor", "twilio", "--from", "Example <login@example.com>"],
      ...["--countries", "DE,AT", "--phone-from", "+15005550006", "--out", folder],
      ...["--set", `twilio.accountSid=${sid},http.url=https://mail.example.com/a,b`],
    ]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "",
    });
    for (const said of ["POSTMARK_SERVER_TOKEN", "EMAIL_HTTP_API_KEY", "TWILIO_AUTH_TOKEN"])
      expect(stdout).toContain(said);
    expect(stdout).toMatch(/npx otp check \S*eu\.ts/);
    const made = await loadEnvironmentFile(join(folder, "eu.ts"));
    expect(made).toMatchObject({
      name: "eu",
      domain: "eu.example.com",
      protect: true,
      email: {
        from: { name: "Example", address: "login@example.com" },
        vendors: [
          { vendor: "postmark", secrets: { serverToken: "POSTMARK_SERVER_TOKEN" } },
          { vendor: "http", settings: { url: "https://mail.example.com/a,b" } },
        ],
      },
      phone: { vendors: [{ settings: { accountSid: sid } }], countries: { allow: ["DE", "AT"] } },
    });
  });

  it("never writes over a file", async () => {
    const before = await readFile(join(folder, "eu.ts"), "utf8");
    const { code, stderr } = await otp([
      ...["new", "eu", "--domain", "other.example.com", "--email-vendor", "resend"],
      ...["--from", "a@example.com", "--out", folder],
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/expected a name without an environment, got: "eu"/);
    expect(await readFile(join(folder, "eu.ts"), "utf8")).toBe(before);
  });

  it("says all that is missing at once where nobody can be asked", async () => {
    const { code, stderr } = await otp([
      ...["new", "us", "--email-vendor", "postmark", "--phone-vendor", "twilio,sinch"],
    ]);
    expect(code).toBe(1);
    for (const option of ["--domain", "--from", "twilio.accountSid", "sinch.servicePlanId"])
      expect(stderr).toContain(option);
  });
});

describe("a new environment", () => {
  it("asks for what was not given, and for nothing else", async () => {
    const asked: string[] = [];
    const replies: Record<string, string> = {
      Domain: "ask.example.com",
      "Vendors for phone": "twilio",
      "Sender's number": "+15005550006",
      "twilio.accountSid": sid,
      Countries: "",
    };
    const answers = await answersFor({ name: "asked", emailVendor: undefined }, (question) => {
      asked.push(question);
      const known = Object.keys(replies).find((start) => question.startsWith(start));
      return Promise.resolve(known === undefined ? "" : (replies[known] ?? ""));
    });
    expect(asked).toHaveLength(6);
    const made = await makeEnvironment(answers, folder);
    expect(made.email).toBeUndefined();
    expect(made.phone).toMatchObject({ from: "+15005550006", vendors: [{ vendor: "twilio" }] });
    expect(made.phone).not.toHaveProperty("countries");
  });

  it("is formatted as the project's own files are", async () => {
    const config = await resolveConfig(join(project, "main.ts"));
    for (const file of await readdir(folder))
      expect(
        await check(await readFile(join(folder, file), "utf8"), {
          ...config,
          parser: "typescript",
        }),
        file,
      ).toBe(true);
  });

  it.each([
    ["../eu", "example.com", "a@example.com", /name: expected small letters/],
    ["eu2", "https://example.com/", "a@example.com", /domain: expected a domain/],
    ["eu2", "example.com", "nobody", /email\.from\.address: expected an e-mail address/],
  ])("is not written for %s, %s, %s", async (name, domain, from, message) => {
    const before = await readdir(folder);
    const answers = await answersFor({ name, domain, from, emailVendor: "postmark" });
    await expect(makeEnvironment(answers, folder)).rejects.toThrow(message);
    expect(await readdir(folder)).toEqual(before);
  });

  it("gets a likely name for a vendor that does not exist", async () => {
    await expect(answersFor({ name: "eu", domain: "x.y", phoneVendor: "twilo" })).rejects.toThrow(
      /got: "twilo"; did you mean twilio\?/,
    );
  });

  it("has names of its own for the secrets of every vendor", () => {
    const names = (["email", "phone"] as const).flatMap((channel) =>
      Object.entries(registry[channel]).flatMap(([vendor, { settings }]) =>
        Object.entries(settings)
          .filter(([, { type }]) => type === "secret")
          .map(([property]) => secretName(channel, vendor, property)),
      ),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("AMAZON_SES_SECRET_ACCESS_KEY");
    for (const name of names) expect(name).toMatch(/^[A-Z][A-Z0-9_]{0,127}$/);
  });
});
