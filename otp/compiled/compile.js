import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { programs, root } from "./programs.js";

/** Versions that are kept: a process that has started may still load parts of its own. */
const keptVersions = 4;
const keptMs = 30 * 60_000;

/** Packages with files or programs of their own, and those that few commands load. */
const external = ["esbuild", "typescript", "prettier"];

/**
 * Lets a compiled module find what lies next to its source: `import.meta.url` stays the source's
 * address, and a worker is started from its compiled entry.
 *
 * @param {string} home - expression for the project's address
 * @param {Readonly<Record<string, string>>} entries
 * @returns {import("esbuild").Plugin}
 */
function addresses(home, entries) {
  const compiled = new Map(Object.entries(entries).map(([name, source]) => [source, name]));
  return {
    name: "addresses",
    setup(bundling) {
      bundling.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, "utf8");
        if (!text.includes("import.meta.url") || path.includes("node_modules")) return undefined;
        const source = relative(root, path).replaceAll("\\", "/");
        const contents = text
          .replace(/new URL\("(\.[^"]*\.ts)", import\.meta\.url\)/g, (whole, to) => {
            const name = compiled.get(join(dirname(source), String(to)).replaceAll("\\", "/"));
            return name === undefined ? whole : `new URL("./${name}.js", import.meta.__url)`;
          })
          .replaceAll("import.meta.url", `new URL(${JSON.stringify(source)}, ${home}).href`)
          .replaceAll("import.meta.__url", "import.meta.url");
        return { contents, loader: "ts" };
      });
    },
  };
}

/**
 * @param {"otp" | "app"} name
 * @param {string} folder
 * @param {string} home - expression for the project's address
 */
async function compile(name, folder, home) {
  const { entries } = programs[name];
  await build({
    entryPoints: Object.entries(entries).map(([out, source]) => ({ in: join(root, source), out })),
    outdir: folder,
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node22",
    sourcemap: "linked",
    sourcesContent: false,
    legalComments: "none",
    logLevel: "silent",
    external,
    // Packages in CommonJS ask for Node's own modules.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    plugins: [addresses(home, entries)],
  });
}

/** @param {string} parent */
function removeOld(parent) {
  const versions = readdirSync(parent)
    .filter((name) => !name.startsWith("packed-"))
    .map((name) => ({ path: join(parent, name), ms: statSync(join(parent, name)).mtimeMs }))
    .sort((one, other) => other.ms - one.ms);
  for (const { path, ms } of versions.slice(keptVersions))
    if (Date.now() - ms > keptMs) rmSync(path, { recursive: true, force: true });
}

/** Packages that stay outside are found from a folder outside of the project, too. */
const linkPackages = (/** @type {string} */ folder) => {
  const packages = createRequire(import.meta.url).resolve("esbuild/package.json");
  symlinkSync(dirname(dirname(packages)), join(folder, "node_modules"), "junction");
};

/**
 * Compiles a program into a folder that appears whole or not at all, whoever else starts one.
 *
 * @param {"otp" | "app"} name
 * @param {string} parent
 * @param {string} version - the name of the folder
 * @returns {Promise<string>} the folder
 * @throws Error with a code of the system where it cannot be written
 */
export async function compileInto(name, parent, version) {
  mkdirSync(parent, { recursive: true });
  const folder = join(parent, version);
  const scratch = mkdtempSync(`${folder}-`);
  try {
    const isInside = !relative(root, parent).startsWith("..");
    const home = isInside
      ? `new URL(${JSON.stringify(`${relative(folder, root).replaceAll("\\", "/")}/`)}, import.meta.url)`
      : JSON.stringify(pathToFileURL(`${root}/`).href);
    await compile(name, scratch, home);
    if (!isInside) linkPackages(scratch);
    if (version.startsWith("packed-")) rmSync(folder, { recursive: true, force: true });
    renameSync(scratch, folder);
  } catch (error) {
    rmSync(scratch, { recursive: true, force: true });
    // Somebody else was faster, with the same sources.
    if (!statSync(folder, { throwIfNoEntry: false })) throw error;
  }
  removeOld(parent);
  return folder;
}

/**
 * Compiles a program into a temporary folder.
 *
 * @param {"otp" | "app"} name
 */
export async function compileOnce(name) {
  const folder = mkdtempSync(join(tmpdir(), "otp-compiled-"));
  await compile(name, folder, JSON.stringify(pathToFileURL(`${root}/`).href));
  linkPackages(folder);
  return folder;
}
