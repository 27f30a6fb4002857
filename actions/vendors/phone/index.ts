import * as amazonSns from "./amazon-sns.ts";
import * as awsEndUserMessaging from "./aws-end-user-messaging.ts";
import * as azureSms from "./azure-sms.ts";
import * as clicksend from "./clicksend.ts";
import * as http from "./http.ts";
import * as infobip from "./infobip.ts";
import * as messagebird from "./messagebird.ts";
import * as plivo from "./plivo.ts";
import * as prelude from "./prelude.ts";
import * as sinch from "./sinch.ts";
import * as telesign from "./telesign.ts";
import * as telnyx from "./telnyx.ts";
import * as twilio from "./twilio.ts";
import * as twilioVerify from "./twilio-verify.ts";
import * as vonageMessages from "./vonage-messages.ts";
import * as vonageSms from "./vonage-sms.ts";
import * as whatsappCloud from "./whatsapp-cloud.ts";

/** Every phone vendor by its name in environments; the file of a vendor has the same name. */
export const phoneVendors = {
  "amazon-sns": amazonSns,
  "aws-end-user-messaging": awsEndUserMessaging,
  "azure-sms": azureSms,
  clicksend,
  http,
  infobip,
  messagebird,
  plivo,
  prelude,
  sinch,
  telesign,
  telnyx,
  twilio,
  "twilio-verify": twilioVerify,
  "vonage-messages": vonageMessages,
  "vonage-sms": vonageSms,
  "whatsapp-cloud": whatsappCloud,
} as const;
