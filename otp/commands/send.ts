import type { Channel } from "../../config/environment.ts";
import { reachTenant } from "../tenant/tenant.ts";
import { tryDelivery } from "../tenant/send.ts";
import { command } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { Exit } from "../errors.ts";
import { onStages } from "../environment-run.ts";
import { stepsOn } from "../steps.ts";
import { UserError } from "../../config/user-error.ts";

/** The channel of a recipient. */
function channelOf(to: string): Channel {
  if (/^[^@\s]+@[^@\s]+$/.test(to)) return "email";
  if (/^\+[1-9]\d{6,14}$/.test(to)) return "phone";
  throw new UserError(
    "otp send: expected --to with an e-mail address or a number such as +15005550006, got: neither",
  );
}

export const send = command({
  name: "send",
  args: {
    environment: {
      type: "positional",
      description: "name, or path of an environment file",
      required: true,
    },
    to: { type: "string", description: "e-mail address, or number in E.164", required: true },
    method: {
      type: "enum",
      options: ["text", "voice"],
      default: "text",
      description: "how to reach a number",
    },
    client: {
      type: "string",
      description:
        "for e-mail, the application that asks for a code (its secret in AUTH0_SEND_CLIENT_SECRET); default: the first of the connection",
      valueHint: "id",
    },
    wait: { type: "string", default: "30", description: "seconds to wait for the tenant's log" },
    json: { type: "boolean", description: "print JSON" },
  },
  async run({ environment: reference, to, method, client, wait, json }, signal) {
    const channel = channelOf(to);
    if (!/^\d{1,3}$/.test(wait))
      throw new UserError(`otp send: expected seconds from 0 to 999, got: --wait ${wait}`);
    const steps = stepsOn(process.stderr);
    const lines = await onStages([reference], signal, async ([stage]) => {
      if (!stage) return [];
      const { environment, terraform } = stage;
      const { name, domain } = environment;
      const delivery = environment[channel];
      if (!delivery)
        throw new UserError(`otp send: expected a channel that ${name} declares, got: ${channel}`);
      const variables = terraform.environment;
      const say = (line: string) => {
        steps.say(line);
      };
      const tenant = await reachTenant({ name, domain, variables, signal, say });
      const id = client ?? environment.email?.passwordless?.clients[0];
      const secret = variables["AUTH0_SEND_CLIENT_SECRET"];
      return steps.step(`${name}: one message by ${channel}`, () =>
        tryDelivery(tenant, environment, {
          channel,
          to,
          method,
          waitMs: Number(wait) * 1000,
          signal,
          ...(id !== undefined && { client: { id, secret } }),
        }),
      );
    });
    process.stdout.write(
      json
        ? `${JSON.stringify(lines, undefined, 2)}\n`
        : lines.map((line) => `${line.outcome}: ${line.description} (${line.type})\n`).join(""),
    );
    if (lines.length === 0)
      steps.say(
        `The tenant took the message, but its log says nothing of it after ${wait} s; look at the inbox and, later, at the log.`,
      );
    if (!lines.some(({ outcome }) => outcome === "sent")) throw new Exit(exitCodes.failure);
  },
});
