// JavaScript, since it runs before anything is compiled.
import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * A part of the project that is compiled as one.
 *
 * @typedef {object} Program
 * @property {Readonly<Record<string, string>>} entries - sources by the name that each gets
 * @property {readonly string[]} sources - files and folders that it may be made of
 */

/** The folder of this project, with its sources. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

const shared = ["actions", "bundle", "config", "package.json", "otp/compiled"];

/** @type {Readonly<Record<"otp" | "app", Program>>} */
export const programs = {
  otp: {
    entries: {
      otp: "otp/main.ts",
      "action-worker": "emulator/runtime/worker.ts",
      "simulation-worker": "otp/simulate/worker.ts",
    },
    sources: [...shared, "stacks", "emulator", "otp"],
  },
  app: { entries: { app: "main.ts" }, sources: [...shared, "stacks", "main.ts", ".gen"] },
};

/**
 * Files below a path, by their names relative to the project.
 *
 * @param {string} path
 * @returns {string[]}
 */
function filesOf(path) {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (!found) return [];
  if (found.isFile()) return [path];
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => {
    const inner = `${path}/${entry.name}`;
    if (entry.isDirectory()) return filesOf(inner);
    return /\.(ts|js|json)$/.test(entry.name) ? [inner] : [];
  });
}

/**
 * What tells whether sources have changed: names, sizes and times of all of them. Looking at 400
 * files takes a few milliseconds; reading them would take ten times as long.
 *
 * @param {Program} program
 */
export function fingerprint({ sources }) {
  const hash = createHash("sha256").update(root).update(process.versions.node);
  for (const file of sources.flatMap(filesOf).sort()) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file}\0${String(size)}\0${String(mtimeMs)}\n`);
  }
  return hash.digest("hex").slice(0, 16);
}
