import { z } from "zod";
import { choice, fields, list, text, whole } from "./expected.ts";
import { emailRoute, phoneRoute } from "./route-schema.ts";
import { areas, clientIds, domainName, mailbox, phoneSender, sendersByCountry } from "./values.ts";
import { emailVendorList, phoneVendorList } from "./vendors.ts";

const times = {
  deadlineMs: whole(5_000, 18_000, "milliseconds")
    .default(17_600)
    .describe("Milliseconds for one execution; Auth0 ends it at 20,000."),
  lifetimeS: whole(30, 86_400, "seconds")
    .default(180)
    .describe("Seconds for which a code works; after that it is not sent any more."),
};

const clients = clientIds
  .default([])
  .describe("Ids of the applications that may use the connection.");

/** How e-mail is delivered. */
export const emailSchema = fields({
  from: mailbox.describe("Who messages come from."),
  replyTo: mailbox.exactOptional().describe("Where answers go."),
  vendors: emailVendorList.describe("The vendors, in order: the first is asked first."),
  routes: z
    .array(emailRoute, "a list of routes")
    .readonly()
    .default([])
    .describe("Other vendors or senders for some messages; the first route that fits decides."),
  ...times,
  passwordless: fields({
    subject: text("a text").describe("Subject of the mail, a Liquid template."),
    body: text("a template").describe(
      "Body of the mail (HTML), a Liquid template; `{{ code }}` is the code.",
    ),
    clients,
  })
    .exactOptional()
    .describe("The passwordless connection `email`. Left out, this project does not touch it."),
});

const allowed = {
  allow: areas
    .exactOptional()
    .describe(
      "ISO 3166 codes or prefixes such as `+4420`; all others are refused. Countries that share " +
        "every prefix with a larger one (Western Sahara, Saint-Barthélemy, Saint-Martin) count as " +
        "that one.",
    ),
  deny: areas.exactOptional().describe("ISO 3166 codes or prefixes that are refused."),
};

/** How phone messages are delivered. */
export const phoneSchema = fields({
  from: phoneSender
    .exactOptional()
    .describe("Number in E.164, or an alphanumeric sender of up to 11 characters."),
  senders: sendersByCountry.exactOptional().describe("Sender by ISO 3166 code of the recipient."),
  methods: list(choice(["text", "voice"]), "a list of text, voice")
    .default(["text"])
    .describe("What the tenant offers."),
  vendors: phoneVendorList.describe("The vendors, in order: the first is asked first."),
  routes: z
    .array(phoneRoute, "a list of routes")
    .readonly()
    .default([])
    .describe("Other vendors or senders for some messages; the first route that fits decides."),
  countries: fields({
    ...allowed,
    voice: fields(allowed).exactOptional().describe("What calls must pass in addition."),
  })
    .exactOptional()
    .describe("Where codes may go. Left out, they go everywhere."),
  webOtp: domainName
    .exactOptional()
    .describe("Domain of the origin-bound last line (WebOTP) of text messages."),
  ...times,
  passwordless: fields({
    template: text("a text").describe("Text of the message; `@@password@@` is the code."),
    clients,
  })
    .exactOptional()
    .describe("The passwordless connection `sms`. Left out, this project does not touch it."),
});
