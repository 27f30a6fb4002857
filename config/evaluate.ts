import { SourceMap } from "node:module";
import type { SourceMapPayload } from "node:module";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildFailure } from "esbuild";
import { build } from "esbuild";
import { withoutNotes } from "./variables-read.ts";
import { UserError } from "./user-error.ts";

const definitions = fileURLToPath(new URL("define.ts", import.meta.url));

/** Milliseconds that a file may take, should it wait for something. */
const limitMs = 10_000;

/** How a file is named in messages: as short as it can be from where the user stands. */
export const shortName = (file: string): string => {
  const near = relative(process.cwd(), file);
  return near.startsWith("..") ? file : near;
};

const isBuildFailure = (error: unknown): error is BuildFailure =>
  error instanceof Error && "errors" in error && Array.isArray(error.errors);

/** An error of the compiler: file, line, column, what it says, and the line itself. */
function compileProblem(file: string, { errors }: BuildFailure): UserError {
  const lines = errors.slice(0, 5).map(({ text, location }) => {
    if (!location) return `${shortName(file)}: does not compile: ${text}`;
    const { file: where, line, column, lineText } = location;
    const place = `${shortName(resolve(where))}:${String(line)}:${String(column + 1)}`;
    return `${place}: does not compile: ${text}\n  ${lineText.trim().slice(0, 120)}`;
  });
  return new UserError(lines.join("\n"));
}

interface CompiledFile {
  readonly code: string;
  readonly map: SourceMap;
}

async function compile(file: string): Promise<CompiledFile> {
  try {
    const { outputFiles } = await build({
      entryPoints: [file],
      bundle: true,
      write: false,
      outdir: "/",
      format: "esm",
      platform: "node",
      target: "node22",
      sourcemap: "external",
      logLevel: "silent",
      // A file outside the project has no node_modules that would lead back to it.
      alias: { "auth0-otp-delivery": definitions },
    });
    const [map, code] = [outputFiles[0]?.text ?? "{}", outputFiles[1]?.text ?? ""];
    return { code, map: new SourceMap(JSON.parse(map) as SourceMapPayload) };
  } catch (error) {
    throw isBuildFailure(error) ? compileProblem(file, error) : error;
  }
}

/** Where in its file an error arose, as `:line:column`; nothing if its stack does not say. */
function placeOf(error: unknown, { map }: CompiledFile): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const [, line, column] = /data:text\/javascript[^\s]*?:(\d+):(\d+)/.exec(stack) ?? [];
  if (line === undefined || column === undefined) return "";
  const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
  return "originalLine" in entry
    ? `:${String(entry.originalLine + 1)}:${String(entry.originalColumn + 1)}`
    : "";
}

/**
 * What a file gets while it runs: variables whose names are recorded, a console that does not mix
 * with the output of a command, and no way to end the command.
 */
async function guarded<T>(
  read: (name: string) => void,
  replaced: Readonly<Record<string, string>>,
  run: () => Promise<T>,
): Promise<T> {
  const { env } = process;
  const exit = process.exit.bind(process);
  const write = process.stdout.write.bind(process.stdout);
  process.env = new Proxy(env, {
    get(target, name) {
      if (typeof name !== "string") return Reflect.get(target, name) as unknown;
      read(name);
      return replaced[name] ?? target[name];
    },
  });
  process.exit = (code) => {
    throw new UserError(`ends the process (exit code ${String(code ?? 0)})`);
  };
  process.stdout.write = process.stderr.write.bind(process.stderr);
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new UserError(`did not end within ${String(limitMs / 1000)} seconds`));
      }, limitMs);
    });
    return await Promise.race([run(), late]);
  } finally {
    clearTimeout(timer);
    process.env = env;
    process.exit = exit;
    process.stdout.write = write;
  }
}

let runs = 0;

async function run({ code }: CompiledFile, replaced: Readonly<Record<string, string>> = {}) {
  const read = new Set<string>();
  // The bundle is whole, so it can run from nowhere and leaves no file behind. Node keeps modules by
  // their URL, so each run has its own.
  const source = Buffer.from(`${code}\n//${String(runs++)}`).toString("base64");
  const value = await guarded(
    (name) => read.add(name),
    replaced,
    async () => {
      const url = `data:text/javascript;base64,${source}`;
      const module = (await import(url)) as { default?: unknown };
      return module.default;
    },
  );
  return { value, read };
}

const domainOf = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "domain" in value ? value.domain : undefined;

/** The variable, of those that a file has read, that changes its domain. */
async function domainVariable(
  compiled: CompiledFile,
  value: unknown,
  read: ReadonlySet<string>,
): Promise<string | undefined> {
  for (const name of read) {
    const other = await withoutNotes(() =>
      run(compiled, { [name]: "changed.example.com" }).catch(() => undefined),
    );
    if (other && domainOf(other.value) !== domainOf(value)) return name;
  }
  return undefined;
}

/** What an environment file exports, and what it depends on. */
export interface EvaluatedFile {
  readonly value: unknown;
  /** The variable that decides the domain, if one does. */
  readonly domainFromVariable?: string;
}

// Files run one after another: what guards them is the whole process's.
let turn: Promise<unknown> = Promise.resolve();

/**
 * Runs an environment file, which may lie anywhere.
 *
 * @throws UserError with file, line and column if it does not compile, throws, waits for ever or
 * tries to end the process
 */
export async function evaluateFile(file: string): Promise<EvaluatedFile> {
  const compiled = await compile(file);
  const evaluated = turn.then(async () => {
    try {
      const { value, read } = await run(compiled);
      const variable = await domainVariable(compiled, value, read);
      return { value, ...(variable !== undefined && { domainFromVariable: variable }) };
    } catch (error) {
      const place = `${shortName(file)}${placeOf(error, compiled)}`;
      if (error instanceof UserError) throw new UserError(`${place}: ${error.message}`);
      const message = error instanceof Error ? error.message : String(error);
      throw new UserError(`${place}: fails while it runs: ${message.split("\n")[0] ?? ""}`);
    }
  });
  turn = evaluated.catch(() => undefined);
  return evaluated;
}
