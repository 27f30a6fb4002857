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
  "amazon-ses": {
    vendor: amazonSes.amazonSes,
    settings: amazonSes.settings,
    about: amazonSes.about,
  },
  brevo: { vendor: brevo.brevo, settings: brevo.settings, about: brevo.about },
  http: { vendor: http.http, settings: http.settings, about: http.about },
  mailgun: { vendor: mailgun.mailgun, settings: mailgun.settings, about: mailgun.about },
  mailjet: { vendor: mailjet.mailjet, settings: mailjet.settings, about: mailjet.about },
  postmark: { vendor: postmark.postmark, settings: postmark.settings, about: postmark.about },
  customerio: {
    vendor: customerio.customerio,
    settings: customerio.settings,
    about: customerio.about,
  },
  loops: { vendor: loops.loops, settings: loops.settings, about: loops.about },
  mailersend: {
    vendor: mailersend.mailersend,
    settings: mailersend.settings,
    about: mailersend.about,
  },
  "microsoft-graph": {
    vendor: microsoftGraph.microsoftGraph,
    settings: microsoftGraph.settings,
    about: microsoftGraph.about,
  },
  resend: { vendor: resend.resend, settings: resend.settings, about: resend.about },
  sendgrid: { vendor: sendgrid.sendgrid, settings: sendgrid.settings, about: sendgrid.about },
  zeptomail: { vendor: zeptomail.zeptomail, settings: zeptomail.settings, about: zeptomail.about },
} as const;
