import { relative } from "node:path";
import { channels } from "../../config/environment.ts";
import { loadEnvironments } from "../../config/load.ts";
import { inOrderOfPromotion } from "../../config/promotion.ts";
import { secretsOf } from "../tenant/variables.ts";
import { command } from "../command.ts";

export const environments = command({
  name: "environments",
  several: true,
  args: {
    environment: {
      type: "positional",
      description: "names, or paths of environment files; default: all of environments/",
      required: false,
    },
    json: { type: "boolean", description: "print JSON" },
  },
  async run({ _: references, json }) {
    const loaded = inOrderOfPromotion(await loadEnvironments(references));
    const shown = loaded.map((environment) => ({
      name: environment.name,
      file: relative(process.cwd(), environment.file),
      domain: environment.domain,
      backend: environment.backend.type,
      channels: channels.filter((channel) => environment[channel] !== undefined),
      secrets: secretsOf(environment),
    }));
    process.stdout.write(
      json
        ? `${JSON.stringify(shown, undefined, 2)}\n`
        : shown
            .map(
              ({ name, domain, backend, channels: own, secrets }) =>
                `${name}  ${domain}  state: ${backend}  ${own.join(", ")}  ${secrets.join(" ")}\n`,
            )
            .join(""),
    );
  },
});
