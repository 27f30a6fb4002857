import type { PhoneDeliveryConfig } from "./delivery/phone.ts";
import { preparePhone } from "./delivery/phone.ts";
import type { Api } from "./delivery/execute.ts";
import { handlerOf } from "./delivery/execute.ts";

/** The handler of the trigger `custom-phone-provider` for an environment's configuration. */
export function customPhoneProvider(
  config: PhoneDeliveryConfig,
): (event: unknown, api: Api) => Promise<void> {
  return handlerOf(config, preparePhone);
}
