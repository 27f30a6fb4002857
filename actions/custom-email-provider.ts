import type { EmailPlan } from "./delivery/email.ts";
import { prepareEmail } from "./delivery/email.ts";
import type { Api } from "./delivery/execute.ts";
import { execute } from "./delivery/execute.ts";

/** The handler of the trigger `custom-email-provider` for an environment's plan. */
export function customEmailProvider(plan: EmailPlan) {
  return (event: unknown, api: Api): Promise<void> => execute(event, api, plan, prepareEmail);
}
