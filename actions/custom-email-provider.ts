import type { EmailDeliveryConfig } from "./delivery/email.ts";
import { prepareEmail } from "./delivery/email.ts";
import type { Api } from "./delivery/execute.ts";
import { execute } from "./delivery/execute.ts";

/** The handler of the trigger `custom-email-provider` for an environment's config. */
export function customEmailProvider(config: EmailDeliveryConfig) {
  return (event: unknown, api: Api): Promise<void> => execute(event, api, config, prepareEmail);
}
