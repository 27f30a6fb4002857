import { describe, expect, it } from "vitest";
import { otp } from "./otp.ts";

describe("the command line", () => {
  it("lists commands by group, in the order of use, and prints its version", async () => {
    const { stdout } = await otp(["--help"]);
    const order = ["Develop", "start", "Review", "plan", "Deploy", "deploy", "Operate", "destroy"];
    const at = order.map((word) => stdout.search(new RegExp(`^ *${word}\\b`, "m")));
    expect(at).toEqual([...at].sort((one, other) => one - other));
    expect(at[0]).toBeGreaterThan(0);
    expect((await otp(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    [["deploy", "local", "--yse"], /got: --yse; did you mean --yes\?$/],
    [["review", "x", "--failOn", "destroy"], /got: --failOn; did you mean --fail-on\?$/],
    [["build", "local", "--out"], /^otp build: expected a value for --out, got: none$/],
    [["build", "local", "--out="], /^otp build: expected a value for --out, got: none$/],
    [["build", "local", "--out", "--json"], /expected a value for --out, got: none$/],
    [["build"], /^otp build: expected .+, got: none; otp build --help shows how to call it$/],
    [["build", "local", "production"], /expected one environment, got: production as well$/],
    [["new", "one", "two"], /^otp new: expected one name, got: two as well$/],
    [["generate", "local"], /^otp generate: expected options alone, got: local$/],
    [["biuld"], /did you mean build\?$/],
  ])("refuses %j in one line", async (args, line) => {
    const { code, stdout, stderr } = await otp(args);
    expect(code).toBe(1);
    expect(stderr.trim()).toMatch(line);
    if (!args.includes("--json")) expect(stdout).toBe("");
  });

  it("gives an error as JSON with --json", async () => {
    const { code, stdout, stderr } = await otp(["build", "nowhere", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({ error: stderr.trim(), code: 1 });
  });

  it("takes the value of an option for its value, and no word", async () => {
    const { code, stderr } = await otp(["environments", "local", "--json"]);
    expect(code, stderr).toBe(0);
  });
});
