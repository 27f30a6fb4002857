import type { Api } from "./delivery/execute.ts";
import { execute } from "./delivery/execute.ts";
import type { PhonePlan } from "./delivery/phone.ts";
import { preparePhone } from "./delivery/phone.ts";

/** The handler of the trigger `custom-phone-provider` for an environment's plan. */
export function customPhoneProvider(plan: PhonePlan) {
  return (event: unknown, api: Api): Promise<void> => execute(event, api, plan, preparePhone);
}
