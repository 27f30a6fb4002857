import { join, relative } from "node:path";
import { writeBundles } from "../../bundle/bundle.ts";
import { loadEnvironments } from "../../config/load.ts";
import { command } from "../command.ts";

export const build = command({
  name: "build",
  args: {
    environment: {
      type: "positional",
      description: "name, or path of an environment file",
      required: true,
    },
    out: {
      type: "string",
      description: "folder; default: dist/<environment>",
      valueHint: "folder",
    },
    json: { type: "boolean", description: "print JSON" },
  },
  async run({ environment: reference, out, json }) {
    const [environment] = await loadEnvironments([reference]);
    if (!environment) return;
    const made = await writeBundles(environment, out ?? join("dist", environment.name));
    const shown = made.map(({ channel, path, size, parts }) => ({ channel, path, size, parts }));
    process.stdout.write(
      json
        ? `${JSON.stringify(shown, undefined, 2)}\n`
        : shown
            .map(
              ({ path, size }) =>
                `${relative(process.cwd(), path)}  ${(size / 1000).toFixed(1)} kB\n`,
            )
            .join(""),
    );
  },
});
