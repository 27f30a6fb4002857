import { cp } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { run } from "../../otp/terraform/run.ts";
import type { Deployment } from "./deployment.ts";
import { prepare } from "./deployment.ts";
import type { Postgres } from "./postgres.ts";
import { postgresPrograms, startPostgres, withoutPostgres } from "./postgres.ts";

const programs = await postgresPrograms();
let postgres: Postgres | undefined;
let deployment: Deployment | undefined;

beforeAll(async () => {
  if (programs === undefined) return;
  postgres = await startPostgres(programs);
  deployment = await prepare({
    change: (input) => ({ ...input, backend: { type: "pg", schemaName: "otp_test" } }),
  });
});

afterAll(async () => {
  await deployment?.stop();
  await postgres?.stop();
});

it.skipIf(programs === undefined)(
  programs === undefined
    ? withoutPostgres
    : "two deploys of one environment at once: one holds the lock, the other is refused and loses nothing",
  async () => {
    if (!deployment || !postgres) throw new Error("expected a deployment and a server");
    const { stack, folder, environment, services } = deployment;
    environment["PG_CONN_STR"] = postgres.connection;
    expect((await deployment.synthesise()).code).toBe(0);
    // A second checkout, as another CI job has it.
    const other = join(folder, "other");
    await cp(stack, other, { recursive: true });
    const folders = [stack, other];
    const terraform = (at: string, ...args: readonly string[]) =>
      run("terraform", args, { folder: at, environment, limitMs: 60_000 });
    for (const at of folders) expect((await terraform(at, "init", "-input=false")).code).toBe(0);
    // Long enough that both are certainly under way at once.
    services.tenant.faults.inject({ method: "POST", path: /\/deploy$/, delayMs: 3_000, times: 2 });
    const apply = ["apply", "-auto-approve", "-input=false", "-no-color"];
    const results = await Promise.all(folders.map((at) => terraform(at, ...apply)));
    const [won, lost] = [...results].sort((a, b) => a.code - b.code);
    expect(won?.code, won?.stderr).toBe(0);
    expect(lost?.code).toBe(1);
    expect(lost?.stderr).toContain("Error acquiring the state lock");
    for (const at of folders) {
      const planned = await terraform(at, "plan", "-input=false", "-detailed-exitcode");
      expect(planned.code, planned.stdout + planned.stderr).toBe(0);
    }
    const created = services.tenant.requests.filter(
      ({ method, path }) => method === "POST" && path === "/api/v2/actions/actions",
    );
    expect(created).toHaveLength(2);
  },
);
