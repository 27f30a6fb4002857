import * as http from "./http.ts";
import * as postmark from "./postmark.ts";

/** Every e-mail vendor by its name in environments; the file of a vendor has the same name. */
export const emailVendors = {
  http: { vendor: http.http, settings: http.settings, about: http.about },
  postmark: { vendor: postmark.postmark, settings: postmark.settings, about: postmark.about },
} as const;
