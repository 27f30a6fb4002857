import { startProvider } from "../../emulator/provider/index.ts";
import { bindingsAreCurrent, makeBindings } from "../terraform/bindings.ts";
import { surroundings } from "../terraform/child-env.ts";
import { terraformVersion } from "../terraform/version.ts";
import { command } from "../command.ts";
import { stepsOn } from "../steps.ts";

export const generate = command({
  name: "generate",
  args: {
    provider: {
      type: "enum",
      options: ["standin", "registry"],
      default: "standin",
      description: "standin works offline; registry takes the provider that Terraform finds",
    },
    force: { type: "boolean", description: "make it even if it is current" },
  },
  async run({ provider, force }, signal) {
    if (!force && (await bindingsAreCurrent(provider))) return;
    const standIn = provider === "standin" ? await startProvider({ environment: {} }) : undefined;
    const made = await surroundings(standIn && { TF_REATTACH_PROVIDERS: standIn.reattach });
    try {
      await terraformVersion(made.environment);
      await stepsOn(process.stderr).step("bindings of the Auth0 provider in .gen", () =>
        makeBindings(provider, made.environment, signal),
      );
    } finally {
      await standIn?.stop();
      await made.remove();
    }
  },
});
