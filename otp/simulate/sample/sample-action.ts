import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { handlers } from "../../../actions/auth0.ts";
import type { Channel } from "../../../config/environment.ts";
import { emailAnswers } from "../answers/email.ts";
import { phoneAnswers } from "../answers/phone.ts";
import type { ActionUnderTest } from "../run-scenario.ts";

const answers = { email: emailAnswers.http, phone: phoneAnswers.http };

/** Which of the two samples. */
export type Sample = "sample" | "sample-with-timeout";

const files: Readonly<Record<Sample, (channel: Channel) => string>> = {
  sample: (channel) => `custom-${channel}-provider.ts`,
  "sample-with-timeout": (channel) => `custom-${channel}-provider-with-timeout.ts`,
};

/** The documented sample handler of a channel, with the one vendor that it knows. */
export async function sampleAction(
  channel: Channel,
  { lifetimeMs, numbers }: Pick<ActionUnderTest, "lifetimeMs" | "numbers">,
  name: Sample = "sample",
): Promise<ActionUnderTest> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(files[name](channel), import.meta.url))],
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    target: "node22",
    // The context's `exports` has to be filled, not replaced.
    footer: { js: "Object.assign(exports, module.exports);" },
    logLevel: "silent",
  });
  return {
    name,
    channel,
    code: outputFiles[0]?.text ?? "",
    handler: handlers[channel],
    endpoints: [{ id: "vendor", answers: answers[channel], purpose: () => "message" }],
    primary: "vendor",
    secrets: { API_KEY: "madeUpAPIKEY" },
    lifetimeMs,
    numbers,
  };
}
