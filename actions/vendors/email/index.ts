import * as amazonSes from "./amazon-ses.ts";
import * as brevo from "./brevo.ts";
import * as customerio from "./customerio.ts";
import * as http from "./http.ts";
import * as loops from "./loops.ts";
import * as mailersend from "./mailersend.ts";
import * as mailgun from "./mailgun.ts";
import * as mailjet from "./mailjet.ts";
import * as microsoftGraph from "./microsoft-graph.ts";
import * as postmark from "./postmark.ts";
import * as resend from "./resend.ts";
import * as sendgrid from "./sendgrid.ts";
import * as zeptomail from "./zeptomail.ts";

/** Every e-mail vendor by its name in environments; the file of a vendor has the same name. */
export const emailVendors = {
  "amazon-ses": amazonSes,
  brevo,
  customerio,
  http,
  loops,
  mailersend,
  mailgun,
  mailjet,
  "microsoft-graph": microsoftGraph,
  postmark,
  resend,
  sendgrid,
  zeptomail,
} as const;
