import { locale, object, text } from "./event.ts";
import type { LogContext } from "./report.ts";

/** Whether a message is what a route wants, by one of the route's fields. */
export type Condition = (wanted: unknown, event: unknown, message: LogContext) => boolean;

/** A value that the message does not have is never what a route wants. */
const among = (wanted: unknown, ...values: readonly (string | undefined)[]) =>
  values.some((value) => value && (wanted as readonly string[]).includes(value));

/** Matches what the event holds under a name by two of its fields. */
const entity =
  (name: string, id: string, shown: string): Condition =>
  (wanted, event) => {
    const found = object(event, name);
    return among(wanted, text(found, id), text(found, shown));
  };

/** All keys must have one of their values. */
const metadataOf =
  (name: string): Condition =>
  (wanted, event) => {
    const metadata = object(object(event, name), "metadata");
    return Object.entries(wanted as Readonly<Record<string, readonly string[]>>).every(
      ([key, values]) => Object.hasOwn(metadata, key) && values.includes(String(metadata[key])),
    );
  };

// A bundle imports those that its environment's routes use, by the names of the routes' fields.

/** By id or name. */
export const organizations = entity("organization", "id", "name");
/** By client id or name. */
export const applications = entity("client", "client_id", "name");
/** By id or name. */
export const connections = entity("connection", "id", "name");
export const customDomains = entity("custom_domain", "domain", "domain");
export const clientMetadata = metadataOf("client");
export const organizationMetadata = metadataOf("organization");

/** `de` includes `de-AT`; case does not count. */
export const locales: Condition = (wanted, event) => {
  const tag = (locale(object(event, "notification")) ?? "").toLowerCase();
  return (
    tag !== "" &&
    (wanted as readonly string[]).some((one) => `${tag}-`.startsWith(`${one.toLowerCase()}-`))
  );
};

export const countries: Condition = (wanted, _, { country }) => among(wanted, country);
export const channels: Condition = (wanted, _, { medium }) => among(wanted, medium);
export const messageTypes: Condition = (wanted, _, { type }) => among(wanted, type);
