import type { Api } from "./delivery/execute.ts";
import { execute } from "./delivery/execute.ts";
import type { PhoneDeliveryConfig } from "./delivery/phone.ts";
import { preparePhone } from "./delivery/phone.ts";

/** The handler of the trigger `custom-phone-provider` for an environment's config. */
export function customPhoneProvider(config: PhoneDeliveryConfig) {
  return (event: unknown, api: Api): Promise<void> => execute(event, api, config, preparePhone);
}
