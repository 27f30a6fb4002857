import { z } from "zod";
import { messageTypes } from "../actions/auth0.ts";
import { choice, fields, list, text } from "./expected.ts";
import {
  countryList,
  domainName,
  localeList,
  mailbox,
  partOfMailbox,
  phoneSender,
  plainNames,
} from "./values.ts";

const value = text("a text", /^[^]{1,500}$/);

const metadata = (whose: string) =>
  z
    .record(
      text("a key of metadata", /^[^]{1,255}$/),
      z.union(
        [
          value.transform((one) => [one] as readonly string[]),
          list(value, "a text or a list of texts"),
        ],
        "a text or a list of texts",
      ),
      "an object with values by key",
    )
    .exactOptional()
    .describe(
      `Metadata of the ${whose}, by key: the value, or a list of values. All keys must fit.`,
    );

/** What a route of both channels may ask for; several fields must all fit. */
const conditions = {
  organizations: plainNames("id or name of an organization")
    .exactOptional()
    .describe("Organizations, by id or name."),
  applications: plainNames("id or name of an application")
    .exactOptional()
    .describe("Applications, by client id or name."),
  connections: plainNames("id or name of a connection")
    .exactOptional()
    .describe("Connections, by id or name."),
  customDomains: list(domainName, "a list of domains")
    .exactOptional()
    .describe("Custom domains of the tenant."),
  locales: localeList.exactOptional().describe("Languages of the message; `de` includes `de-AT`."),
  clientMetadata: metadata("application"),
  organizationMetadata: metadata("organization"),
};

const effects = {
  vendors: list(text("the id of a vendor"), "a list of vendors' ids")
    .exactOptional()
    .describe("Ids of the vendors to ask, in order; no others are asked. Default: all."),
};

const decides = (route: object, names: readonly string[], context: z.core.$RefinementCtx) => {
  if (names.some((name) => name in route)) return;
  const last = names.at(-1) ?? "";
  context.addIssue({
    code: "custom",
    message: `${names.slice(0, -1).join(", ")} or ${last}, since a route without them changes nothing`,
  });
};

export const emailRoute = fields({
  ...conditions,
  messageTypes: list(choice(messageTypes.email), "a list of message types")
    .exactOptional()
    .describe("Auth0's types of messages."),
  ...effects,
  from: partOfMailbox
    .exactOptional()
    .describe("Another sender: its address, its shown name, or both."),
  replyTo: mailbox.exactOptional().describe("Where answers to these messages go."),
}).superRefine((route, context) => {
  decides(route, ["vendors", "from", "replyTo"], context);
});

export const phoneRoute = fields({
  ...conditions,
  countries: countryList.exactOptional().describe("The recipient's country, by ISO 3166 code."),
  channels: list(choice(["text", "voice"]), "a list of text, voice")
    .exactOptional()
    .describe("How the recipient wants the code."),
  messageTypes: list(choice(messageTypes.phone), "a list of message types")
    .exactOptional()
    .describe("Auth0's types of messages."),
  ...effects,
  from: phoneSender
    .exactOptional()
    .describe("Another sender; it goes before the sender of the recipient's country."),
}).superRefine((route, context) => {
  decides(route, ["vendors", "from"], context);
});

/** A route as the bundle's router takes it, complete. */
export type EmailRoute = z.output<typeof emailRoute>;
export type PhoneRoute = z.output<typeof phoneRoute>;
