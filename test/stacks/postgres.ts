import { chown, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../otp/terraform/run.ts";

/** A PostgreSQL server of a test's own. */
export interface Postgres {
  /** For `PG_CONN_STR`. */
  readonly connection: string;
  stop(): Promise<void>;
}

/** The name of the test that stands in where the server's programs are missing. */
export const withoutPostgres = "passes over the pg backend: PostgreSQL is not on this machine";

/**
 * Where Debian keeps the server's programs; `PG_BIN` names another folder.
 * @throws Error in CI, where they are always there
 */
export async function postgresPrograms(): Promise<string | undefined> {
  const named = process.env["PG_BIN"];
  if (named !== undefined) return named;
  const debian = "/usr/lib/postgresql";
  const versions = await readdir(debian).catch(() => []);
  const [newest] = versions.sort((a, b) => Number(b) - Number(a));
  if (newest !== undefined) return join(debian, newest, "bin");
  if (process.env["CI"]) throw new Error("expected Debian's package postgresql in CI");
  return undefined;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Makes a cluster in a temporary folder and starts it; PostgreSQL refuses to run as root. */
export async function startPostgres(programs: string): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), "otp-postgres-"));
  const root = process.getuid?.() === 0;
  const options = { environment: process.env, limitMs: 60_000, folder };
  if (root) {
    const { stdout } = await run("id", ["-u", "postgres"], options);
    await chown(folder, Number(stdout.trim()), -1);
  }
  const asUser = async (program: string, ...args: readonly string[]) => {
    const path = join(programs, program);
    const result = root
      ? await run("runuser", ["-u", "postgres", "--", path, ...args], options)
      : await run(path, args, options);
    if (result.code !== 0) throw new Error(`${program}: ${result.stdout}${result.stderr}`);
  };
  const data = join(folder, "data");
  const port = String(await freePort());
  await asUser("initdb", "--pgdata", data, "--username", "otp", "--auth", "trust", "--no-sync");
  const server = `-h 127.0.0.1 -p ${port} -k ${folder} -c fsync=off`;
  const log = join(folder, "log");
  await asUser("pg_ctl", "--pgdata", data, "--log", log, "--options", server, "--wait", "start");
  return {
    connection: `postgres://otp@127.0.0.1:${port}/postgres?sslmode=disable`,
    stop: async () => {
      await asUser("pg_ctl", "--pgdata", data, "--mode", "immediate", "stop");
      await rm(folder, { recursive: true, force: true });
    },
  };
}
