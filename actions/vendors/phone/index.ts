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
import * as twilioVerify from "./twilio-verify.ts";
import * as twilio from "./twilio.ts";
import * as vonageMessages from "./vonage-messages.ts";
import * as vonageSms from "./vonage-sms.ts";
import * as whatsappCloud from "./whatsapp-cloud.ts";

/** Every phone vendor by its name in environments; the file of a vendor has the same name. */
export const phoneVendors = {
  "amazon-sns": {
    vendor: amazonSns.amazonSns,
    settings: amazonSns.settings,
    about: amazonSns.about,
  },
  "aws-end-user-messaging": {
    vendor: awsEndUserMessaging.awsEndUserMessaging,
    settings: awsEndUserMessaging.settings,
    about: awsEndUserMessaging.about,
  },
  "azure-sms": { vendor: azureSms.azureSms, settings: azureSms.settings, about: azureSms.about },
  infobip: { vendor: infobip.infobip, settings: infobip.settings, about: infobip.about },
  messagebird: {
    vendor: messagebird.messagebird,
    settings: messagebird.settings,
    about: messagebird.about,
  },
  http: { vendor: http.http, settings: http.settings, about: http.about },
  twilio: { vendor: twilio.twilio, settings: twilio.settings, about: twilio.about },
  prelude: { vendor: prelude.prelude, settings: prelude.settings, about: prelude.about },
  "twilio-verify": {
    vendor: twilioVerify.twilioVerify,
    settings: twilioVerify.settings,
    about: twilioVerify.about,
  },
  "vonage-messages": {
    vendor: vonageMessages.vonageMessages,
    settings: vonageMessages.settings,
    about: vonageMessages.about,
  },
  "vonage-sms": {
    vendor: vonageSms.vonageSms,
    settings: vonageSms.settings,
    about: vonageSms.about,
  },
  "whatsapp-cloud": {
    vendor: whatsappCloud.whatsappCloud,
    settings: whatsappCloud.settings,
    about: whatsappCloud.about,
  },
  clicksend: { vendor: clicksend.clicksend, settings: clicksend.settings, about: clicksend.about },
  plivo: { vendor: plivo.plivo, settings: plivo.settings, about: plivo.about },
  sinch: { vendor: sinch.sinch, settings: sinch.settings, about: sinch.about },
  telesign: { vendor: telesign.telesign, settings: telesign.settings, about: telesign.about },
  telnyx: { vendor: telnyx.telnyx, settings: telnyx.settings, about: telnyx.about },
} as const;
