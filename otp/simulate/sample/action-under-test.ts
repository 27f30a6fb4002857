import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Channel } from "../../../config/environment.ts";
import { emailAnswers } from "../answers/email.ts";
import { phoneAnswers } from "../answers/phone.ts";
import type { Actor } from "../run.ts";

const samples = {
  email: {
    file: "custom-email-provider.ts",
    handler: "onExecuteCustomEmailProvider",
    answers: emailAnswers.http,
  },
  phone: {
    file: "custom-phone-provider.ts",
    handler: "onExecuteCustomPhoneProvider",
    answers: phoneAnswers.http,
  },
};

/** The documented sample handler of a channel, with the one vendor that it knows. */
export async function sampleActor(
  channel: Channel,
  { lifetimeMs, numbers }: Pick<Actor, "lifetimeMs" | "numbers">,
): Promise<Actor> {
  const { file, handler, answers } = samples[channel];
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(file, import.meta.url))],
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
    name: "sample",
    channel,
    code: outputFiles[0]?.text ?? "",
    handler,
    listeners: [{ id: "vendor", answers, hears: () => "message" }],
    first: "vendor",
    secrets: { API_KEY: "madeUpAPIKEY" },
    lifetimeMs,
    numbers,
  };
}
