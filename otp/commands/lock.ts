import { resolve } from "node:path";
import { surroundings, terraformEnv } from "../terraform/child-env.ts";
import { lockedPlatforms, makeLock } from "../terraform/make-lock.ts";
import { lockFileName } from "../terraform/provider-lock.ts";
import { command } from "../command.ts";

export const lock = command({
  name: "lock",
  args: {
    mirror: {
      type: "string",
      description: "take the provider from this folder instead of the registry",
      valueHint: "folder",
    },
  },
  async run({ mirror }, signal) {
    const around = await surroundings({}, terraformEnv(process.env, "local"));
    try {
      const { TF_REATTACH_PROVIDERS: _standIn, ...environment } = around.environment;
      const versions = await makeLock(
        { environment, signal },
        mirror === undefined ? undefined : resolve(mirror),
      );
      const named = Object.entries(versions).map(([address, version]) => `${address} ${version}`);
      process.stdout.write(
        `${lockFileName}: ${named.join(", ")} for ${lockedPlatforms.join(", ")}; commit it\n`,
      );
    } finally {
      await around.remove();
    }
  },
});
