import { z } from "zod";
import { e164 } from "../actions/delivery/e164.ts";
import { address } from "../actions/delivery/email.ts";
import { choice, flag, list, text, whole } from "./expected.ts";
import { vendorsSchema } from "./vendors.ts";

const domain = text(
  "a domain such as example.eu.auth0.com, without https:// and path",
  /^(?=.{1,259}$)(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*(:\d{2,5})?$/,
);

const mailbox = z.strictObject({
  address: text("an e-mail address").refine((value) => address(value) !== "", "an e-mail address"),
  name: text("a name without line breaks", /^[^\r\n]{1,100}$/).optional(),
});

const senderText = "an E.164 number such as +15005550006 or up to 11 letters and digits";
const sender = z
  .string(senderText)
  .refine(
    (value) =>
      e164(value) === value ||
      /^(?=.*[A-Za-z])[A-Za-z0-9 _-]{1,11}$/.test(value) ||
      /^\d{3,8}$/.test(value),
    senderText,
  );

const country = text("an ISO 3166 code such as DE", /^[A-Z]{2}$/);
const area = text(
  "an ISO 3166 code such as DE or a prefix such as +4420",
  /^([A-Z]{2}|\+[1-9]\d{0,8})$/,
);
const areas = list(area, "a list of ISO 3166 codes or prefixes").optional();
const allowed = { allow: areas, deny: areas };

const names = list(text("text"), "a list of at least one");
const vendorIds = list(text("the id of a vendor"), "a list of vendors' ids");

const times = {
  deadlineMs: whole(5_000, 18_000, "milliseconds").default(17_000),
  lifetimeS: whole(30, 86_400, "seconds").default(180),
};

const clients = list(text("the id of an application"), "a list of applications' ids")
  .or(z.tuple([], "a list of applications' ids"))
  .default([]);

const email = z.strictObject({
  from: mailbox,
  replyTo: mailbox.optional(),
  vendors: vendorsSchema("email"),
  routes: z
    .array(
      z.strictObject({ messageTypes: names.optional(), vendors: vendorIds }),
      "a list of routes",
    )
    .default([]),
  ...times,
  passwordless: z
    .strictObject({ subject: text("text"), body: text("a template"), clients })
    .optional(),
});

const phone = z.strictObject({
  from: sender.optional(),
  senders: z.record(country, sender, "senders by ISO 3166 code").optional(),
  methods: list(choice(["text", "voice"]), "a list of text, voice").default(["text"]),
  vendors: vendorsSchema("phone"),
  routes: z
    .array(
      z.strictObject({
        countries: list(country, "a list of ISO 3166 codes").optional(),
        channels: list(choice(["text", "voice"]), "a list of text, voice").optional(),
        messageTypes: names.optional(),
        vendors: vendorIds,
      }),
      "a list of routes",
    )
    .default([]),
  countries: z.strictObject({ ...allowed, voice: z.strictObject(allowed).optional() }).optional(),
  webOtp: text("a domain such as example.com", /^[a-z0-9-]+(\.[a-z0-9-]+)+$/).optional(),
  ...times,
  passwordless: z.strictObject({ template: text("a text"), clients }).optional(),
});

const filled = text("text");
const backend = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("local"), path: filled.optional() }),
  z.strictObject({
    type: z.literal("s3"),
    bucket: filled,
    key: filled,
    region: filled,
    encrypt: flag().optional(),
    useLockfile: flag().optional(),
    dynamodbTable: filled.optional(),
    kmsKeyId: filled.optional(),
  }),
  z.strictObject({ type: z.literal("gcs"), bucket: filled, prefix: filled }),
  z.strictObject({
    type: z.literal("azurerm"),
    resourceGroupName: filled,
    storageAccountName: filled,
    containerName: filled,
    key: filled,
    useOidc: flag().optional(),
  }),
  z.strictObject({ type: z.literal("pg"), schemaName: filled }),
  z.strictObject({
    type: z.literal("cloud"),
    organization: filled,
    workspace: filled,
    hostname: filled.optional(),
  }),
]);

const name = text("small letters, digits and hyphens", /^[a-z][a-z0-9-]{0,39}$/);

/** What an environment file may hold. */
export const environmentSchema = z
  .strictObject({
    name,
    domain,
    backend,
    email: email.optional(),
    phone: phone.optional(),
    protect: flag().optional(),
    secretsVersion: whole(1, 2 ** 31 - 1, "a number").optional(),
    promotedFrom: name.optional(),
  })
  .transform((environment) => ({
    ...environment,
    protect: environment.protect ?? environment.name !== "local",
  }));
