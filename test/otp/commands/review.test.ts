import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planJson } from "../review/plans.ts";
import { otp } from "./otp.ts";

let folder: string;
const at = (...names: string[]) => join(folder, ...names);

/** A rotation and a destroyed provider, which `--fail-on` tells apart. */
const changed = planJson(
  [
    {
      address: "auth0_action.email",
      before: { code: "a\n", name: "custom-email-provider", runtime: "node18" },
      after: { code: "b\n", name: "custom-email-provider", runtime: "canary-of-production" },
    },
    { address: "auth0_phone_provider.phone", actions: ["delete"], before: { name: "custom" } },
  ],
  {
    configuration: { root_module: { variables: { POSTMARK_TOKEN: { sensitive: true } } } },
  },
);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "otp-review-"));
  await mkdir(at("plans", "production"), { recursive: true });
  await mkdir(at("plans", "staging"), { recursive: true });
  await writeFile(at("plans", "production", "plan.json"), changed);
  await writeFile(at("plans", "production", "plan.meta.json"), '{"environment": "eu-production"}');
  await writeFile(at("plans", "staging", "plan.json"), planJson([]));
  await writeFile(at("mine.json"), planJson([]));
  await writeFile(at("cut.json"), changed.slice(0, 300));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("otp review", { concurrent: true }, () => {
  it("writes one document on all plans of a folder, by the names that otp plan noted", async () => {
    const { stdout, code } = await otp(["review", at("plans")]);
    expect(code).toBe(0);
    expect(stdout).toContain("**eu-production**");
    expect(stdout).toContain("**staging**: no changes");
    expect(stdout, "a value that no secret on this machine has").toContain("canary-of-production");
  });

  it("names the plan in a file of its own after the file", async () => {
    const { stdout } = await otp(["review", at("mine.json")]);
    expect(stdout).toContain("**mine**");
  });

  it("prints JSON with --json, and the document goes to --out", async () => {
    const out = at("made", "review.md");
    const { stdout } = await otp(["review", at("plans"), "--json", "--out", out]);
    const json = JSON.parse(stdout) as { environments: { name: string }[] };
    expect(json.environments.map(({ name }) => name)).toEqual(["eu-production", "staging"]);
    expect(await readFile(out, "utf8")).toContain("auth0_phone_provider.phone");
  });

  it.each([
    ["destroy", 2],
    ["stops-logins", 2],
    ["country,replace", 0],
  ])("with --fail-on %s ends with exit code %i", async (kinds, expected) => {
    const { code, stdout } = await otp(["review", at("plans"), "--fail-on", kinds]);
    expect(code).toBe(expected);
    expect(stdout, "the document is written all the same").toContain("**eu-production**");
  });

  it("says with --fail-on what it failed for, and nothing else", async () => {
    const { stderr } = await otp(["review", at("plans"), "--fail-on", "destroy"]);
    expect(stderr).toMatch(/^eu-production: destroy: /m);
    expect(stderr).not.toContain("OTP_DEBUG");
  });

  it("writes an empty document with --only-changes where nothing changes", async () => {
    const [out, full] = [at("empty.md"), at("empty-full.md")];
    const staging = at("plans", "staging");
    await otp(["review", staging, "--only-changes", "--out", out, "--full", full]);
    expect(await readFile(out, "utf8")).toBe("");
    expect(await readFile(full, "utf8")).toBe("");
  });

  it("keeps to --limit, points to the full document and writes it to --full", async () => {
    const [out, full] = [at("short.md"), at("long.md")];
    const link = "https://example.com/runs/1";
    await otp([
      "review",
      at("plans"),
      "--limit",
      "700",
      "--link",
      link,
      "--out",
      out,
      "--full",
      full,
    ]);
    const [short, long] = await Promise.all([readFile(out, "utf8"), readFile(full, "utf8")]);
    expect(short.length).toBeLessThanOrEqual(701);
    expect(short).toContain(link);
    expect(long.length).toBeGreaterThan(short.length);
  });

  it("begins with the hidden marker", async () => {
    const { stdout } = await otp(["review", at("plans"), "--marker", "otp-plan: eu"]);
    expect(stdout).toMatch(/^<!-- otp-plan: eu -->\n/);
  });

  it.each(["POSTMARK_TOKEN", "TF_VAR_POSTMARK_TOKEN", "EU_PRODUCTION_POSTMARK_TOKEN"])(
    "keeps the value of a secret that a plan names out, when %s has it",
    async (name) => {
      const environment = { ...process.env, [name]: "canary-of-production" };
      const { stdout } = await otp(["review", at("plans")], { environment });
      expect(stdout).toContain("runtime");
      expect(stdout).not.toContain("canary-of-production");
    },
  );

  it.each([
    [["nowhere"], /^expected .*nowhere to be a plan's JSON, .* got: no such file or folder$/],
    [["made-empty"], /got: a folder without plan\.json$/],
    [["cut.json"], /cut\.json: expected the JSON that .*, got: JSON that is broken or cut off/],
    [
      ["mine.json", "--fail-on", "disaster"],
      /^--fail-on: expected kinds out of .* got: "disaster"$/,
    ],
    [["mine.json", "--limit", "few"], /expected a number of 100 or more, got: --limit few$/],
  ])("refuses %j in one line", async ([path = "", ...options], line) => {
    await mkdir(at("made-empty"), { recursive: true });
    const { stderr, code } = await otp(["review", at(path), ...options]);
    expect(code).toBe(1);
    expect(stderr.trim()).toMatch(line);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
