import { describe, expect, it } from "vitest";
import { bundle } from "../../../bundle/bundle.ts";
import { channels } from "../../../config/environment.ts";
import { loadEnvironments } from "../../../config/load.ts";
import { readManifest } from "../../../otp/review/manifest.ts";

describe("the manifest that the build writes", () => {
  it("is read by the review, for every environment of this project", async () => {
    for (const environment of await loadEnvironments()) {
      for (const channel of channels) {
        const built = await bundle(environment, channel);
        if (!built) continue;
        const manifest = readManifest(built.code);
        expect(manifest).toMatchObject({ environment: environment.name, channel });
        expect(manifest?.vendors.length).toBeGreaterThan(0);
        expect(manifest?.routes).toEqual(environment[channel]?.routes);
      }
    }
  });
});

describe("readManifest", () => {
  const line = '// otp-delivery: {"environment":"x","channel":"phone","vendors":[]}';

  it.each([
    ["no code", undefined],
    ["no such line", "exports.a = 1;"],
    ["a broken line", line.replace("}", "")],
    ["another shape", line.replace("[]", '"a"')],
    ["another channel", line.replace("phone", "fax")],
    ["a line far behind the head", `${"x\n".repeat(40_000)}${line}`],
  ])("gives nothing for %s", (_, code) => {
    expect(readManifest(code)).toBeUndefined();
  });

  it("takes Windows' line ends", () => {
    expect(readManifest(`// Made.\r\n${line}\r\n`)).toMatchObject({ channel: "phone" });
  });
});
