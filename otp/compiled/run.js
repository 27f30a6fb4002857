import { existsSync, realpathSync, rmSync, utimesSync } from "node:fs";
import module from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { fingerprint, programs, root } from "./programs.js";

/** Where compiled programs are kept, by preference: `dist` may be read-only. */
const keptIn = [
  join(root, "dist", ".compiled"),
  join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "auth0-otp-delivery"),
];

/** In an installed package nobody edits sources, and their times say nothing. */
const isInstalled = /[\\/]node_modules[\\/]/.test(realpathSync(root));

/**
 * The folder of a program's compiled modules, which are made on first use and whenever a source has
 * changed.
 *
 * @param {"otp" | "app"} name
 * @returns {Promise<string>}
 */
async function compiledFolder(name) {
  const packed = join(root, "dist", ".compiled", `packed-${name}`);
  if (isInstalled && existsSync(packed)) return packed;
  const version = `${name}-${fingerprint(programs[name])}`;
  const made = keptIn.map((folder) => join(folder, version)).find((folder) => existsSync(folder));
  if (made !== undefined) return made;
  const { compileInto, compileOnce } = await import("./compile.js");
  /** @type {unknown[]} */
  const refused = [];
  for (const parent of keptIn)
    try {
      const folder = await compileInto(name, parent, version);
      if (refused.length > 0)
        process.stderr.write(`otp: ${String(refused[0])}; compiled into ${folder}\n`);
      return folder;
    } catch (error) {
      if (!isUnwritable(error)) throw error;
      refused.push(error instanceof Error ? error.message : error);
    }
  const folder = await compileOnce(name);
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  process.stderr.write(`otp: ${String(refused[0])}; compiled for this run alone\n`);
  return folder;
}

/**
 * The message of an error; of a source that does not compile, where it does not.
 *
 * @param {unknown} error
 */
function wordsOf(error) {
  if (!(error instanceof Error)) return String(error);
  if (!("errors" in error) || !Array.isArray(error.errors)) return error.message;
  /** @type {readonly import("esbuild").Message[]} */
  const messages = error.errors;
  const [first] = messages;
  const { file = "", line = 0 } = first?.location ?? {};
  return `${file}:${String(line)}: ${first?.text ?? error.message}`;
}

/** @param {unknown} error */
function isUnwritable(error) {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return ["EACCES", "EEXIST", "ENOTDIR", "EPERM", "EROFS"].includes(String(code));
}

/**
 * Old versions are removed when a new one is made; one that still runs, and may start workers, says
 * so by its folder's time.
 *
 * @param {string} folder
 */
function keepFresh(folder) {
  const touch = () => {
    try {
      const now = new Date();
      utimesSync(folder, now, now);
    } catch {
      // Somebody else's folder, or a read-only one: nobody removes it.
    }
  };
  touch();
  setInterval(touch, 10 * 60_000).unref();
}

/**
 * Runs a program, compiled.
 *
 * @param {"otp" | "app"} name
 */
export async function runProgram(name) {
  let folder;
  try {
    if (name === "app" && !existsSync(join(root, ".gen", "providers", "auth0")))
      throw new Error(
        "expected the bindings of the Auth0 provider in .gen, got: none; run npx otp generate",
      );
    folder = await compiledFolder(name);
  } catch (error) {
    process.stderr.write(`otp: ${wordsOf(error)}\n`);
    process.exitCode = 1;
    return;
  }
  keepFresh(folder);
  // V8 keeps what it has made of the modules: half of the time of a start.
  if ("enableCompileCache" in module) module.enableCompileCache(join(folder, "v8"));
  process.setSourceMapsEnabled(process.env["OTP_DEBUG"] !== undefined);
  await import(pathToFileURL(join(folder, `${name}.js`)).href);
}
