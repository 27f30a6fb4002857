import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { channels } from "../../config/environment.ts";
import type { Inventory } from "./inventory.ts";
import { UserError } from "../../config/user-error.ts";

/** Fields of connections and providers that hold a credential, such as `twilio_token`. */
const secretField = /(token|secret|password|api_?key|private_?key|credential|access_?key)/i;

/** A copy in which credentials are replaced by a word; names of secrets stay. */
function withoutCredentials(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutCredentials);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => {
      const hidden = typeof inner === "string" && secretField.test(name);
      return [name, hidden ? "not kept" : withoutCredentials(inner)];
    }),
  );
}

const timestamp = () => new Date().toISOString().replace(/[:.]/g, "-");

/**
 * Writes everything that was found in a tenant to a new folder, readable to its owner alone; values
 * of secrets, which Auth0 does not show, and credentials are not in it. An Action's code is, as it
 * was.
 *
 * @param name - the environment's
 * @param folder - where backups lie; default `adopted` where the command was called
 * @returns the new folder
 * @throws UserError where it cannot be written
 */
export async function backUp(
  name: string,
  inventory: Inventory,
  folder = "adopted",
): Promise<string> {
  const root = resolve(folder);
  const target = join(root, name, timestamp());
  const files: [file: string, text: string][] = [];
  const add = (file: string, value: unknown) => {
    files.push([file, `${JSON.stringify(withoutCredentials(value), undefined, 2)}\n`]);
  };
  for (const channel of channels) {
    const action = inventory.actions[channel];
    const bindings = inventory.bindings[channel] ?? [];
    if (action) {
      add(`${channel}-action.json`, action);
      files.push([`${channel}-action.js`, action.code ?? ""]);
    }
    if (bindings.length > 0) add(`${channel}-bindings.json`, bindings);
  }
  if (inventory.emailProvider) add("email-provider.json", inventory.emailProvider);
  if (inventory.phoneProvider) add("phone-provider.json", inventory.phoneProvider);
  if (inventory.connections.length > 0) add("connections.json", inventory.connections);
  try {
    await mkdir(join(root, name), { recursive: true, mode: 0o700 });
    // Code that was written by hand may hold anything: it stays out of the repository.
    await writeFile(join(root, ".gitignore"), "*\n", { flag: "wx" }).catch(unlessThere);
    await mkdir(target, { mode: 0o700 });
    for (const [file, text] of files)
      await writeFile(join(target, file), text, { flag: "wx", mode: 0o600 });
  } catch (error) {
    const { code = "an error" } = error as NodeJS.ErrnoException;
    throw new UserError(
      `expected to write a backup to ${target}, got: ${code}; nothing was changed`,
    );
  }
  return target;
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
