import { z } from "zod";
import { e164 } from "../actions/delivery/e164.ts";
import { isCountryCode, nearestCountry } from "./country-codes.ts";
import { fields, known, list, text } from "./expected.ts";
import { isDomain, isTenantDomain, nearestTenantDomain, senderProblem } from "./hosts.ts";
import { nearestLocale, isLocale } from "./locales.ts";

// The kinds of values that several parts of an environment hold.

export const tenantDomain = known(
  "a domain such as example.eu.auth0.com, without https:// and path",
  isTenantDomain,
  nearestTenantDomain,
);

export const domainName = known("a domain such as example.com", isDomain, (value) => {
  const meant = nearestTenantDomain(value);
  return meant !== undefined && isDomain(meant) ? meant : undefined;
});

const mailAddress = known(
  "an e-mail address",
  (value) => senderProblem(value) === undefined,
  (value) => senderProblem(value)?.meant,
);

const shownName = text("a name without line breaks", /^[^\r\n\0]{1,100}$/);

export const mailbox = fields(
  {
    address: mailAddress.describe("The address, with its domain in ASCII (punycode) form."),
    name: shownName.exactOptional().describe("The name that is shown with it."),
  },
  'an object such as { name: "Example", address: "login@example.com" }',
);

/** A sender of which a route may change one part. */
export const partOfMailbox = fields(
  {
    address: mailAddress.exactOptional().describe("Another address."),
    name: shownName.exactOptional().describe("Another shown name."),
  },
  'an object such as { name: "Example" } or { address: "login@example.com" }',
);

const isSender = (value: string) =>
  e164(value) === value ||
  /^(?=.*[A-Za-z])[A-Za-z0-9 _-]{1,11}$/.test(value) ||
  /^\d{3,8}$/.test(value);

export const phoneSender = known(
  "an E.164 number such as +15005550006 or up to 11 letters and digits",
  isSender,
  (value) => [e164(value), e164(value.replace(/^00/, "+")), e164(`+${value}`)].find(Boolean),
);

export const country = known("an ISO 3166 code such as DE", isCountryCode, nearestCountry);

const isPrefix = (value: string) => /^\+[1-9]\d{0,8}$/.test(value);

/** `0044…` and `44…` are calling codes too, as people write them. */
const nearestArea = (value: string) => {
  const digits = value.replace(/[\s()-]/g, "").replace(/^(00|\+)?/, "+");
  return isPrefix(digits) ? digits : nearestCountry(value);
};

const area = known(
  "an ISO 3166 code such as DE or a prefix such as +4420",
  (value) => isCountryCode(value) || isPrefix(value),
  nearestArea,
);

export const areas = list(area, "a list of ISO 3166 codes or prefixes");

export const countryList = list(country, "a list of ISO 3166 codes");

/** Senders by country: a record, since the keys are checked with a suggestion of their own. */
export const sendersByCountry = z
  .record(z.string(), phoneSender, "senders by ISO 3166 code")
  .superRefine((senders, context) => {
    for (const code of Object.keys(senders).filter((key) => !isCountryCode(key)))
      context.addIssue({
        code: "custom",
        message: "an ISO 3166 code such as DE",
        path: [code],
        params: { key: true, meant: nearestCountry(code) },
      });
  });

export const localeList = list(
  known("a language such as de or de-AT", isLocale, nearestLocale),
  "a list of languages",
);

/** Ids and names in Auth0: nothing that Terraform or a log could read as more than a name. */
export const plainNames = (expected: string): z.ZodReadonly<z.ZodArray<z.ZodString>> =>
  list(text(expected, /^[^\p{Cc}]{1,200}$/u), `a list of at least one: ${expected}`);

const clientId = known(
  "the id of an application: letters, digits, - and _",
  (value) => /^[A-Za-z0-9_-]{1,64}$/.test(value),
  () => undefined,
);

export const clientIds = z.array(clientId, "a list of applications' ids").readonly();
