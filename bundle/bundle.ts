import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildFailure, Metafile } from "esbuild";
import { build } from "esbuild";
import type { Channel, Environment } from "../config/environment.ts";
import { channels } from "../config/environment.ts";
import { countryTable } from "./countries.ts";
import { entry, handlers } from "./entry.ts";
import { inspect } from "./inspect.ts";
import { manifest, manifestComment } from "./manifest.ts";
import { UserError } from "../config/user-error.ts";

/** The code of one Action, ready for Auth0. */
export interface Bundle {
  readonly channel: Channel;
  /** `custom-email-provider.js` or `custom-phone-provider.js`. */
  readonly file: string;
  /** The exported function's name. */
  readonly handler: string;
  /** CommonJS, readable; the same bytes for the same input. */
  readonly code: string;
  /** Bytes in UTF-8. */
  readonly size: number;
  /** Bytes by source file, largest first. */
  readonly parts: readonly { readonly file: string; readonly bytes: number }[];
}

export interface BundleOptions {
  /** Where the handlers' sources lie. Default: `actions/` of this project. */
  readonly sources?: string;
  /** The most bytes that Auth0 takes for one Action. Default: 100,000. */
  readonly limit?: number;
}

const actions = fileURLToPath(new URL("../actions", import.meta.url));

const made =
  "// Made by `otp build` from the sources in actions/ and the environment's file; edit those.";

function partsOf(metafile: Metafile): Bundle["parts"] {
  const inputs = Object.values(metafile.outputs)[0]?.inputs ?? {};
  return Object.entries(inputs)
    .map(([file, { bytesInOutput }]) => ({
      file: file.replace(/^.*node_modules\//, ""),
      bytes: bytesInOutput,
    }))
    .sort((a, b) => b.bytes - a.bytes);
}

const isBuildFailure = (error: unknown): error is BuildFailure =>
  error instanceof Error && "errors" in error;

async function compile(source: string, sources: string, banner: string, name: string) {
  try {
    return await build({
      stdin: { contents: source, resolveDir: sources, sourcefile: "environment.ts", loader: "ts" },
      absWorkingDir: sources,
      bundle: true,
      write: false,
      metafile: true,
      format: "cjs",
      platform: "node",
      // The major version that Auth0 runs Actions on.
      target: "node22",
      banner: { js: banner },
      charset: "utf8",
      legalComments: "none",
      logLevel: "silent",
      // The entry assigns to `exports` itself: esbuild's own wrapping is larger than a vendor.
      logOverride: { "commonjs-variable-in-esm": "silent" },
    });
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    const [first] = error.errors;
    const at = first?.location ? `${first.location.file}:${String(first.location.line)}: ` : "";
    throw new UserError(`${name}: expected handlers that compile, got: ${at}${first?.text ?? ""}`);
  }
}

/**
 * Bundles the Action of one channel of an environment: compiled, measured, parsed and run once.
 *
 * @returns `undefined` where the environment leaves the channel out
 * @throws UserError for sources that do not compile, load or export the handler, and for a bundle
 * over the limit, with the sizes of what is in it
 */
export async function bundle(
  environment: Environment,
  channel: Channel,
  { sources = actions, limit = 100_000 }: BundleOptions = {},
): Promise<Bundle | undefined> {
  const delivery = environment[channel];
  if (!delivery) return undefined;
  const about = manifest(environment, channel, delivery);
  const name = `${environment.name}: custom-${channel}-provider`;
  const handler = handlers[channel];
  const table = channel === "phone" ? countryTable(environment) : undefined;
  const source = entry(environment, channel, delivery, table);
  const { outputFiles, metafile } = await compile(
    source,
    sources,
    `${made}\n${manifestComment(about)}`,
    name,
  );
  // One tab is one level: half of what indenting weighs, and what is stored is limited.
  const code = (outputFiles[0]?.text ?? "").replace(/^ +/gm, (indent) =>
    "\t".repeat(Math.ceil(indent.length / 2)),
  );
  const parts = partsOf(metafile);
  const size = Buffer.byteLength(code);
  if (size > limit) {
    const largest = parts.slice(0, 8).map(({ file, bytes }) => `${file} ${String(bytes)}`);
    throw new UserError(
      `${name}: expected at most ${String(limit)} bytes, got: ${String(size)} ` +
        `(${largest.join(", ")}); name fewer vendors`,
    );
  }
  inspect(code, handler, name);
  return { channel, file: `custom-${channel}-provider.js`, handler, code, size, parts };
}

/** The bundles of an environment's channels, written to a folder that people can open. */
export async function writeBundles(
  environment: Environment,
  folder: string,
  options?: BundleOptions,
): Promise<(Bundle & { readonly path: string })[]> {
  const made = await Promise.all(channels.map((channel) => bundle(environment, channel, options)));
  await mkdir(folder, { recursive: true });
  return Promise.all(
    made
      .filter((one) => one !== undefined)
      .map(async (one) => {
        const path = join(folder, one.file);
        await writeFile(path, one.code);
        return { ...one, path };
      }),
  );
}
