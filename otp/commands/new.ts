import { relative, resolve } from "node:path";
import { answersFor } from "../../config/scaffold/answers.ts";
import { makeEnvironment } from "../../config/scaffold/index.ts";
import type { Environment } from "../../config/environment.ts";
import { channels, secretNames } from "../../config/environment.ts";
import { asking } from "../confirm.ts";
import { command } from "../command.ts";

/** What has to be set, and what to run next. */
function whatNext({ name, file, ...environment }: Environment, elsewhere: boolean): string {
  const path = relative(process.cwd(), file);
  const secrets = channels.flatMap((channel) => secretNames(environment, channel));
  const reference = elsewhere ? path : name;
  return [
    `${path} is made, and loads.`,
    "Set:",
    "  AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET  an application that may use the Management API",
    ...[...new Set(secrets)].map((secret) => `  ${secret}`),
    "Then run:",
    `  npx otp check ${reference}`,
    `  npx otp plan ${reference}`,
    `  npx otp deploy ${reference}`,
    "",
  ].join("\n");
}

export const create = command({
  name: "new",
  args: {
    name: { type: "positional", description: "small letters, digits, hyphens", required: true },
    domain: { type: "string", description: "domain of the tenant", valueHint: "domain" },
    "email-vendor": { type: "string", description: "vendors in order, with commas" },
    "phone-vendor": { type: "string", description: "vendors in order, with commas" },
    from: { type: "string", description: "e-mail sender", valueHint: "Name <address>" },
    "phone-from": { type: "string", description: "number in E.164, or alphanumeric sender" },
    countries: { type: "string", description: "where codes may go; default: everywhere" },
    set: { type: "string", description: "vendor.setting=value, with commas" },
    out: { type: "string", description: "folder; default: environments/", valueHint: "folder" },
    yes: { type: "boolean", description: "skip confirmation" },
  },
  async run(options, signal) {
    const answers = await asking(signal, (ask) =>
      answersFor(
        {
          name: options.name,
          domain: options.domain,
          emailVendor: options["email-vendor"],
          phoneVendor: options["phone-vendor"],
          from: options.from,
          phoneFrom: options["phone-from"],
          countries: options.countries,
          set: options.set,
        },
        options.yes ? undefined : ask,
      ),
    );
    const folder = options.out === undefined ? undefined : resolve(options.out);
    const environment = await makeEnvironment(answers, folder);
    process.stdout.write(whatNext(environment, folder !== undefined));
  },
});
