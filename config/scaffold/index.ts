import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Environment } from "../environment.ts";
import { checkEnvironment, loadEnvironmentFile } from "../load.ts";
import type { Answers } from "./answers.ts";
import { environmentFrom, environmentSource } from "./source.ts";
import { UserError } from "../user-error.ts";

const own = fileURLToPath(new URL("../../environments", import.meta.url));

/**
 * Writes the file of a new environment and loads it.
 *
 * @param folder - default: `environments/` of this project
 * @throws UserError for answers that an environment cannot hold, and for a file that exists
 */
export async function makeEnvironment(answers: Answers, folder = own): Promise<Environment> {
  const value = environmentFrom(answers);
  // Its name becomes the file's: it is checked before anything is written.
  checkEnvironment(value, "the new environment");
  const file = join(folder, `${answers.name}.ts`);
  const source = await environmentSource(value);
  try {
    await writeFile(file, source, { flag: "wx" });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "an error";
    throw new UserError(
      code === "EEXIST"
        ? `expected a name without an environment, got: "${answers.name}", which ${file} is; choose another one or edit that file`
        : `expected to write ${file}, got: ${code}`,
    );
  }
  try {
    return await loadEnvironmentFile(file);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}
