import * as http from "./http.ts";
import * as twilio from "./twilio.ts";

/** Every phone vendor by its name in environments; the file of a vendor has the same name. */
export const phoneVendors = {
  http: { vendor: http.http, settings: http.settings, about: http.about },
  twilio: { vendor: twilio.twilio, settings: twilio.settings, about: twilio.about },
} as const;
