import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emailVendors } from "../../actions/vendors/email/index.ts";
import { phoneVendors } from "../../actions/vendors/phone/index.ts";
import { readManifest } from "../../otp/review/manifest.ts";
import { bundle } from "../../bundle/bundle.ts";
import type { Environment } from "../../config/environment.ts";
import { loadEnvironments } from "../../config/load.ts";
import { project } from "../../otp/terraform/child-env.ts";
import { UserError } from "../../config/user-error.ts";

let production: Environment;
let sources: string;

beforeAll(async () => {
  const [loaded] = await loadEnvironments(["production"]);
  if (!loaded) throw new Error("expected the environment production");
  production = loaded;
  // Inside the project, so that packages are found from there.
  sources = await mkdtemp(join(project, "node_modules", ".otp-actions-"));
  await cp(join(project, "actions"), sources, { recursive: true });
});

afterAll(async () => {
  await rm(sources, { recursive: true, force: true });
});

/** Builds from a copy of the handlers in which one file's text is replaced. */
async function withSource(file: string, change: (text: string) => string): Promise<unknown> {
  const path = join(sources, file);
  const text = await readFile(path, "utf8");
  await writeFile(path, change(text));
  try {
    return await bundle(production, "email", { sources });
  } finally {
    await writeFile(path, text);
  }
}

describe("a bundle", () => {
  it("is the same bytes for the same input", async () => {
    const [first, second] = await Promise.all([
      bundle(production, "phone"),
      bundle(production, "phone"),
    ]);
    expect(first?.code).toBe(second?.code);
  });

  it("holds the vendors that its environment names, and no others", async () => {
    const email = await bundle(production, "email");
    const phone = await bundle(production, "phone");
    for (const name of Object.keys(emailVendors))
      expect(email?.code.includes(`// vendors/email/${name}.ts`), name).toBe(
        ["postmark", "resend"].includes(name),
      );
    for (const name of Object.keys(phoneVendors))
      expect(phone?.code.includes(`// vendors/phone/${name}.ts`), name).toBe(
        ["twilio", "telnyx"].includes(name),
      );
  });

  it("says what its environment declares, one setting per line, without the other channel", async () => {
    const { code = "" } = (await bundle(production, "phone")) ?? {};
    const { version, channel, environment } = readManifest(code)?.declared ?? {};
    expect([version, channel]).toEqual([2, "phone"]);
    expect(environment).toMatchObject({
      name: "production",
      protect: true,
      phone: {
        vendors: [
          { vendor: "twilio", authToken: { secret: "TWILIO_AUTH_TOKEN" } },
          { vendor: "telnyx" },
        ],
      },
    });
    expect(environment).not.toHaveProperty("email");
    expect(environment).not.toHaveProperty("file");
    expect(code).toMatch(/^\/\/ +"from": "\+15005550006",$/m);
    expect(code, "the settings that run").toMatch(/^\t+from: "\+15005550006",$/m);
  });

  it("keeps a text that would end its comment inside it", async () => {
    const hostile = `Example\u2028exports.x = 1;`;
    const { email, ...rest } = production;
    if (!email) throw new Error("production has e-mail");
    const odd = { ...rest, email: { ...email, from: { ...email.from, name: hostile } } };
    const { code = "" } = (await bundle(odd, "email")) ?? {};
    expect(code.slice(0, code.indexOf("use strict"))).not.toContain("\u2028");
    expect(readManifest(code)?.declared?.environment).toMatchObject({
      email: { from: { name: hostile } },
    });
  });

  it("holds nothing that only the documentation reads", async () => {
    const { code } = (await bundle(production, "phone")) ?? {};
    const { settings, about } = phoneVendors.twilio;
    expect(code).not.toContain(settings.authToken.description);
    expect(code).not.toContain(about.recipientRefused);
  });

  it("holds neither zod nor the table of all countries", async () => {
    const { code = "" } = (await bundle(production, "phone")) ?? {};
    expect(code).not.toMatch(/zod|libphonenumber/);
    expect(code).not.toContain("FR:");
  });

  it("holds no words of the documentation", async () => {
    const { code = "" } = (await bundle(production, "email")) ?? {};
    const { settings, about } = emailVendors.postmark;
    expect(code).toContain("vendors/email/postmark.ts");
    expect(code).not.toContain(settings.serverToken.description);
    expect(code).not.toContain(about.accountFault);
  });

  it("is absent for a channel that the environment leaves out", async () => {
    const { phone, ...rest } = production;
    expect(phone).toBeDefined();
    expect(await bundle(rest, "phone")).toBeUndefined();
  });

  it("is refused over the limit, with the sizes of what is in it", async () => {
    await expect(bundle(production, "email", { limit: 5_000 })).rejects.toThrow(
      /^production: custom-email-provider: expected at most 5000 bytes, got: \d+ \(delivery\/deliver\.ts \d+, .+\); name fewer vendors$/,
    );
  });

  it.each([
    [
      "does not parse",
      "delivery/email.ts",
      (text: string) => `${text}\nconst = 1;`,
      /expected handlers that compile, got: .*email\.ts:\d+: .+/,
    ],
    [
      "throws while it loads",
      "delivery/email.ts",
      (text: string) => `${text}\nnull.x;`,
      /expected code that parses and loads, got: .+/,
    ],
    [
      "needs what an Action does not have",
      "delivery/email.ts",
      (text: string) => `import "fs-extra-none";\n${text}`,
      /expected handlers that compile, got: .+/,
    ],
    [
      "exports nothing",
      "custom-email-provider.ts",
      (text: string) => text.replace("return handlerOf", "return undefined; handlerOf"),
      /expected exports\.onExecuteCustomEmailProvider to be a function, got: undefined/,
    ],
  ])("is refused in one line where a handler %s", async (_name, file, change, expected) => {
    const failure = await withSource(file, change).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect((failure as UserError).message).toMatch(expected);
    expect((failure as UserError).message).not.toContain("\n");
  });
});
