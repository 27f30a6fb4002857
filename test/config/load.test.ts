import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadEnvironments } from "../../config/load.ts";
import { UserError } from "../../config/user-error.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "otp-environments-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

let count = 0;

/** Writes a file with the given text, which may name what the package exports. */
async function file(text: string): Promise<string> {
  const path = join(folder, `environment-${String(count++)}.ts`);
  await writeFile(path, text);
  return path;
}

const good = {
  name: "test",
  domain: "example.eu.auth0.com",
  backend: { type: "local" },
  email: {
    from: { address: "login@example.com" },
    vendors: [{ vendor: "postmark", serverToken: { secret: "POSTMARK_TOKEN" } }],
  },
  phone: {
    from: "+15005550006",
    vendors: [
      {
        vendor: "twilio",
        accountSid: `AC${"0".repeat(32)}`,
        authToken: { secret: "TWILIO_AUTH_TOKEN" },
      },
    ],
  },
};

type Json = Record<string, unknown>;

/** The good environment with one member replaced, by its dotted path; `undefined` removes it. */
function changed(path: string, value: unknown): Json {
  const copy = structuredClone(good) as Json;
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  let inner: Json = copy;
  for (const key of keys) inner = (inner[key] ??= {}) as Json;
  if (value === undefined) Reflect.deleteProperty(inner, last);
  else inner[last] = value;
  return copy;
}

/** The problems of an environment, a line each, without the file's name. */
async function problems(environment: Json): Promise<string[]> {
  const path = await file(`export default ${JSON.stringify(environment)};`);
  try {
    await loadEnvironments([path]);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.message.split("\n").map((line) => line.slice(line.indexOf(".ts: ") + 5));
  }
  return [];
}

describe("an environment file", () => {
  it("may lie anywhere, and imports what it needs by the package's name", async () => {
    const path = await file(`
      import { defineEnvironment, secret } from "auth0-otp-delivery";
      export default defineEnvironment({
        name: "anywhere", domain: "example.auth0.com", backend: { type: "local" },
        email: { from: { address: "a@example.com" },
          vendors: [{ vendor: "resend", apiKey: secret("RESEND_KEY") }] },
      });`);
    const [environment] = await loadEnvironments([path]);
    expect(environment).toMatchObject({ name: "anywhere", protect: true, file: path });
    expect(environment?.email?.vendors).toMatchObject([
      { id: "resend", timeoutMs: 5_000, secrets: { apiKey: "RESEND_KEY" } },
    ]);
  });

  it("may be JSON", async () => {
    const path = join(folder, "environment.json");
    await writeFile(path, JSON.stringify(good));
    expect(await loadEnvironments([path])).toMatchObject([{ name: "test" }]);
  });

  it.each([
    [
      "domain",
      "https://example.auth0.com/",
      'expected a domain such as example.eu.auth0.com, without https:// and path, got: "https://example.auth0.com/"; did you mean example.auth0.com?',
    ],
    ["name", "Production", 'expected small letters, digits and hyphens, got: "Production"'],
    ["email.from.address", "nobody", 'expected an e-mail address, got: "nobody"'],
    ["email.from.name", "a\nb", 'expected a name without line breaks, got: "a\\nb"'],
    ["phone.from", "0123", null],
    [
      "phone.from",
      "a sender that is long",
      'expected an E.164 number such as +15005550006 or up to 11 letters and digits, got: "a sender that is long"',
    ],
    ["phone.methods", ["fax"], null],
    ["phone.lifetimeS", 5, "expected seconds from 30 to 86400, got: 5"],
    ["email.vendors", [], "expected a list of at least one vendor, got: a list"],
    ["backend", { type: "ftp" }, null],
    ["backend", undefined, null],
    ["protect", "yes", 'expected true or false, got: "yes"'],
  ])("says for a wrong %s what was expected and what was got", async (path, value, expected) => {
    const [line, ...more] = await problems(changed(path, value));
    expect(more).toEqual([]);
    if (path === "phone.from" && value === "0123") {
      // A short code is a sender too.
      expect(line).toBeUndefined();
      return;
    }
    const [first = ""] = path.split(".");
    expect(line).toMatch(new RegExp(`^${first}[\\w.[\\]]*: expected .+, got: .+$`));
    if (expected !== null) expect(line).toBe(`${path}: ${expected}`);
  });

  it("names fields that it does not know", async () => {
    expect(await problems(changed("emial", {}))).toEqual([
      "emial: expected no such field; did you mean email?",
    ]);
    expect(await problems(changed("email.vendors.0.severToken", "x"))).toEqual([
      "email.vendors[0].severToken: expected no such field; did you mean serverToken?",
    ]);
  });

  it("names all problems at once", async () => {
    const lines = await problems({ ...changed("domain", "no domain"), name: "?", phone: {} });
    expect(lines.map((line) => line.split(":")[0])).toEqual(["name", "domain", "phone.vendors"]);
  });

  it("never shows what stands where a secret belongs", async () => {
    const path = "email.vendors.0.serverToken";
    expect(await problems(changed(path, "canary-token"))).toEqual([
      'email.vendors[0].serverToken: expected secret("NAME"), got: a string (not shown)',
    ]);
    const [line] = await problems(changed(path, { secret: "canary lower" }));
    expect(line).not.toContain("canary");
  });

  it.each<[string, (environment: typeof good) => Json, string]>([
    [
      "neither channel",
      ({ name, domain, backend }) => ({ name, domain, backend }),
      "the environment: expected email or phone, got: neither",
    ],
    [
      "one vendor twice without ids",
      (all) => ({
        ...all,
        email: { ...all.email, vendors: [...all.email.vendors, ...all.email.vendors] },
      }),
      'email.vendors: expected each id once, got: "postmark" twice; give one of them an id',
    ],
    [
      "a route to a vendor that it does not list",
      (all) => ({ ...all, phone: { ...all.phone, routes: [{ vendors: ["plivo"] }] } }),
      'phone.routes[0].vendors: expected one of twilio, got: "plivo"',
    ],
    [
      "calls without a vendor for them",
      (all) => ({
        ...all,
        phone: {
          ...all.phone,
          methods: ["voice"],
          vendors: [{ ...all.phone.vendors[0], channels: ["text"] }],
        },
      }),
      "phone.methods: expected a vendor that serves voice, got: none",
    ],
    [
      "a vendor without the sender that it needs",
      ({ phone: { vendors }, ...all }) => ({ ...all, phone: { vendors } }),
      "phone.from or phone.vendors[0].messagingServiceSid: expected a value, which twilio needs for text, got: nothing",
    ],
    [
      "calls to countries that nothing may go to",
      (all) => ({
        ...all,
        phone: { ...all.phone, countries: { allow: ["DE"], voice: { allow: ["US"] } } },
      }),
      'phone.countries.voice.allow: expected some of phone.countries.allow, got: "US"',
    ],
  ])("is refused for %s", async (_name, change, expected) => {
    expect(await problems(change(good))).toEqual([expected]);
  });

  it("says where a file that does not run went wrong", async () => {
    const path = await file("export default {");
    await expect(loadEnvironments([path])).rejects.toThrow(
      /environment-\d+\.ts:1:17: does not compile: .+\n {2}export default \{/,
    );
    const empty = await file("export const environment = 1;");
    await expect(loadEnvironments([empty])).rejects.toThrow(/default export, got: nothing/);
    await expect(loadEnvironments([join(folder, "none.ts")])).rejects.toThrow(/no such file/);
  });
});

describe("several environments", () => {
  it("are the project's own where none is named", async () => {
    const names = (await loadEnvironments()).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["local", "production", "staging"]));
  });

  it("may not share a name", async () => {
    const text = `export default ${JSON.stringify(good)};`;
    const paths = [await file(text), await file(text)];
    await expect(loadEnvironments(paths)).rejects.toThrow(
      /name: expected a name of its own, got: "test", which .*environment-\d+\.ts has too/,
    );
  });

  it("are told apart from what was probably meant", async () => {
    await expect(loadEnvironments(["prodcution"])).rejects.toThrow(
      'got: "prodcution"; did you mean production?',
    );
  });
});
