import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentInput } from "../../../config/define.ts";
import { connect } from "../../../emulator/session/deployment.ts";
import { startServices } from "../../../emulator/session/services.ts";
import type { Services } from "../../../emulator/session/services.ts";
import type { TenantOptions } from "../../../emulator/tenant/index.ts";
import type { RunResult } from "../../../otp/terraform/run.ts";
import { otp } from "../commands/otp.ts";
import { canary } from "../../stacks/deployment.ts";
import { call } from "../../stacks/https.ts";

/** A tenant, and an environment file for it in a folder of its own; nothing is deployed. */
export interface Stage {
  readonly services: Services;
  readonly folder: string;
  readonly file: string;
  /** Replaces the environment file by one with these changes. */
  write(change?: (input: EnvironmentInput) => EnvironmentInput): Promise<void>;
  /** Runs the command line as somebody with this tenant's credentials would. */
  otp(args: readonly string[], variables?: NodeJS.ProcessEnv): Promise<RunResult>;
  /** A call of the Management API, expected to succeed; its answer. */
  manage(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** Everything printed and written so far, to be searched for canaries. */
  everything(): Promise<string>;
  stop(): Promise<void>;
}

export const apiKey = canary("inbox");

/** The environment that tests begin with: both channels through the inbox, protected. */
function input(name: string, folder: string, { variables }: Services): EnvironmentInput {
  const inbox = variables["OTP_INBOX_URL"] ?? "";
  const key = { secret: "INBOX_API_KEY" };
  return {
    name,
    domain: variables["OTP_LOCAL_DOMAIN"] ?? "",
    backend: { type: "local", path: join(folder, "terraform.tfstate") },
    email: {
      from: { address: "login@example.com" },
      vendors: [{ vendor: "http", url: `${inbox}/send-email`, apiKey: key }],
    },
    phone: { vendors: [{ vendor: "http", url: `${inbox}/messages`, apiKey: key }] },
  };
}

export async function setStage(name: string, tenant?: TenantOptions): Promise<Stage> {
  const services = await startServices({ ...(tenant && { tenant }) });
  const connection = await connect("standin", services.tenant);
  const folder = await mkdtemp(join(tmpdir(), `otp-${name}-`));
  const file = join(folder, `${name}.ts`);
  const trust = join(folder, "trust.pem");
  await writeFile(trust, services.tenant.certificate);
  const { certificate, credentials, domain } = services.tenant;
  const granted = await call(`https://${domain}/oauth/token`, certificate, {
    method: "POST",
    body: {
      grant_type: "client_credentials",
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      audience: `https://${domain}/api/v2/`,
    },
  });
  const { access_token: token } = JSON.parse(granted.text) as { access_token: string };
  let said = "";
  const stage: Stage = {
    services,
    folder,
    file,
    async write(change = (same) => same) {
      const value = change(input(name, folder, services));
      await writeFile(file, `export default ${JSON.stringify(value)};\n`);
    },
    async otp(args, variables = {}) {
      const result = await otp(args, {
        environment: {
          ...process.env,
          ...connection.variables,
          NODE_EXTRA_CA_CERTS: trust,
          INBOX_API_KEY: apiKey,
          ...variables,
        },
      });
      said += result.stdout + result.stderr;
      return result;
    },
    async manage(method, path, body) {
      const answer = await call(`https://${domain}/api/v2${path}`, certificate, {
        method,
        token,
        ...(body !== undefined && { body }),
      });
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
      return (answer.text === "" ? {} : JSON.parse(answer.text)) as Record<string, unknown>;
    },
    async everything() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile());
      const texts = files.map((entry) => readFile(join(entry.parentPath, entry.name), "latin1"));
      return [said, ...(await Promise.all(texts))].join("\n");
    },
    async stop() {
      await connection.stop();
      await services.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await stage.write();
  return stage;
}

/** An Action that somebody made by hand, deployed and bound. */
export async function madeByHand(
  { manage }: Pick<Stage, "manage">,
  channel: "email" | "phone",
  action: Readonly<Record<string, unknown>>,
): Promise<string> {
  const trigger = `custom-${channel}-provider`;
  const made = await manage("POST", "/actions/actions", {
    supported_triggers: [{ id: trigger, version: "v1" }],
    runtime: "node22",
    ...action,
  });
  const id = String(made["id"]);
  await manage("GET", `/actions/actions/${id}`);
  await manage("POST", `/actions/actions/${id}/deploy`);
  await manage("PATCH", `/actions/triggers/${trigger}/bindings`, {
    bindings: [{ ref: { type: "action_id", value: id }, display_name: "by hand" }],
  });
  return id;
}
