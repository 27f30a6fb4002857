import type { EmailDeliveryConfig } from "./delivery/email.ts";
import { prepareEmail } from "./delivery/email.ts";
import type { Api } from "./delivery/execute.ts";
import { handlerOf } from "./delivery/execute.ts";

/** The handler of the trigger `custom-email-provider` for an environment's configuration. */
export function customEmailProvider(
  config: EmailDeliveryConfig,
): (event: unknown, api: Api) => Promise<void> {
  return handlerOf(config, prepareEmail);
}
