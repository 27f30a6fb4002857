import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeBundles } from "../../bundle/bundle.ts";
import { loadEnvironments } from "../../config/load.ts";
import { connect } from "../../emulator/session/deployment.ts";
import { logIn } from "../../emulator/session/passwordless.ts";
import { startServices } from "../../emulator/session/services.ts";
import type { Execution } from "../../emulator/tenant/index.ts";
import { bindingsAreCurrent, makeBindings } from "../terraform/bindings.ts";
import { cdktf } from "../terraform/cdktf.ts";
import { surroundings } from "../terraform/child-env.ts";
import { terraformVersion } from "../terraform/version.ts";
import { command } from "../command.ts";
import { seconds, stepsOn } from "../steps.ts";
import { UserError } from "../../config/user-error.ts";

interface StartOptions {
  readonly once: boolean;
  readonly port: number;
  readonly provider: "standin" | "registry";
  readonly signal: AbortSignal;
}

/** One execution of an Action, for the terminal. */
function executionLine(execution: Execution): string {
  const { messageType, recipient, version, ms, outcome, log, retryInMs } = execution;
  const reason = "reason" in outcome ? `: ${outcome.reason}` : "";
  const again = retryInMs === undefined ? "" : `; runs again in ${seconds(retryInMs)}`;
  const said = log === "" ? "" : `\n  ${log.replaceAll("\n", "\n  ")}`;
  return `${messageType} to ${recipient}, version ${String(version)}: ${outcome.kind} after ${String(ms)} ms${reason}${again}${said}`;
}

/** Who logs in; addresses and numbers that are reserved for examples. */
const people = [
  { channel: "email", to: "jo@example.org" },
  { channel: "sms", to: "+15005550006" },
] as const;

/**
 * Brings up Auth0 on this machine, deploys the environment `local` to it with real Terraform, and
 * logs in by e-mail and by SMS with codes that its Actions deliver.
 */
async function run({ once, port, provider, signal }: StartOptions): Promise<void> {
  const steps = stepsOn(process.stdout);
  const closers: (() => Promise<void>)[] = [];
  const add = <T>(thing: T, close: (thing: T) => Promise<void>): T => {
    closers.push(() => close(thing));
    return thing;
  };
  try {
    const scratch = add(await mkdtemp(join(tmpdir(), "otp-local-")), (folder) =>
      rm(folder, { recursive: true, force: true }),
    );
    const { environment: plain } = add(await surroundings(), (one) => one.remove());
    const version = await terraformVersion(plain);
    const { tenant, inbox, variables } = await steps.step(
      "Auth0 and an inbox on this machine",
      async () => add(await startServices({ port }), (one) => one.stop()),
    );
    const connection = add(await connect(provider, tenant), (one) => one.stop());
    Object.assign(process.env, variables);
    const environment = {
      ...plain,
      ...variables,
      ...connection.variables,
      OTP_LOCAL_STATE: join(scratch, "local.tfstate"),
    };
    signal.throwIfAborted();
    if (!(await bindingsAreCurrent(connection.schema)))
      await steps.step("bindings of the Auth0 provider in .gen", () =>
        makeBindings(connection.schema, environment, signal),
      );
    await steps.step("handlers bundled into dist/local", async () => {
      const [local] = await loadEnvironments(["local"]);
      if (local) await writeBundles(local, join("dist", "local"));
    });
    signal.throwIfAborted();
    await steps.step(`cdktf deploy local (Terraform ${version})`, () =>
      cdktf("deploy", ["local", "--auto-approve", "--skip-provider-lock"], {
        environment,
        output: join(scratch, "cdktf.out"),
        environments: ["local"],
        signal,
        limitMs: 120_000,
      }),
    );
    for (const { channel, to } of people) {
      signal.throwIfAborted();
      try {
        const login = await steps.step(`login of ${to} by ${channel}`, () =>
          logIn(tenant, inbox, { channel, to }),
        );
        steps.say(
          `  code delivered in ${seconds(login.deliveredMs)}, tokens after ${seconds(login.loggedInMs)}`,
        );
      } catch (error) {
        // A handler that fails is what somebody wants to see here: say why, and keep running.
        if (once || !(error instanceof UserError)) throw error;
        steps.say(`  ${error.message}`);
      }
    }
    if (once) return;
    tenant.onExecution((execution) => {
      steps.say(executionLine(execution));
    });
    steps.say(
      `\nThe tenant stays up at ${tenant.url}\nThe inbox shows what was sent: ${inbox.url}\nCtrl-C stops both.`,
    );
    await new Promise<void>((resolve) => {
      signal.addEventListener("abort", () => {
        resolve();
      });
    });
  } finally {
    // Last first: Terraform's provider goes before the tenant that it speaks to.
    for (const close of closers.reverse()) await close();
  }
}

export const start = command({
  name: "start",
  args: {
    once: { type: "boolean", description: "end after one login by e-mail and one by SMS" },
    port: {
      type: "string",
      default: "8443",
      description: "port of the tenant; the inbox takes the next one, and 0 takes free ones",
    },
    provider: {
      type: "enum",
      options: ["standin", "registry"],
      default: "standin",
      description: "registry takes the real provider, which Terraform finds by its ordinary means",
    },
  },
  async run({ once = false, port, provider }, signal) {
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_534)
      throw new UserError(`otp start: expected a port from 0 to 65534, got: --port ${port}`);
    await run({ once, port: Number(port), provider, signal });
  },
});
