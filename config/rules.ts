import { secretsLimit } from "../actions/auth0.ts";
import type { Medium } from "../actions/delivery/message.ts";
import type { EmailDelivery, Environment, PhoneDelivery } from "./environment.ts";
import { channels, mediaOf, secretNames } from "./environment.ts";
import { didYouMean, nearest } from "./nearest.ts";
import { registry } from "./vendors.ts";

function vendorRules(
  environment: Pick<Environment, "email" | "phone" | "telemetry">,
  channel: "email" | "phone",
  delivery: EmailDelivery | PhoneDelivery,
): string[] {
  const ids = delivery.vendors.map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  const unknown = delivery.routes.flatMap(({ vendors = [] }, index) =>
    vendors
      .filter((id) => !ids.includes(id))
      .map(
        (id) =>
          `${channel}.routes[${index}].vendors: expected one of ${ids.join(", ")}, got: "${id}"` +
          didYouMean(nearest(id, ids)),
      ),
  );
  const secrets = secretNames(environment, channel).length;
  const weights = delivery.vendors.reduce((sum, { weight = 0 }) => sum + weight, 0);
  const open = delivery.vendors.some(({ weight }) => weight === undefined);
  return [
    ...[...new Set(twice)].map(
      (id) =>
        `${channel}.vendors: expected each id once, got: "${id}" twice; give one of them an id`,
    ),
    ...unknown,
    ...(secrets > secretsLimit
      ? [`${channel}.vendors: expected at most ${secretsLimit} secrets, got: ${secrets}`]
      : []),
    ...(weights > 100 || (!open && weights < 100)
      ? [
          `${channel}.vendors: expected weights of ${open ? "at most " : ""}100 percent together` +
            `${open ? "" : ", or a vendor without a weight"}, got: ${weights}`,
        ]
      : []),
  ];
}

/** What a vendor cannot do without for a medium that it is used for. */
function needs(phone: PhoneDelivery): string[] {
  const sender = phone.from !== undefined || phone.senders !== undefined;
  return phone.vendors.flatMap((entry, index) => {
    const { vendor, settings, secrets } = entry;
    const given = new Set([
      ...Object.keys({ ...settings, ...secrets }),
      ...(sender ? ["from"] : []),
    ]);
    return mediaOf(entry, { phone }).flatMap((medium) =>
      (registry.phone[vendor]?.about.needs?.[medium as Medium] ?? [])
        .filter((need) => !need.split(" or ").some((one) => given.has(one)))
        .map((need) => {
          const places = need
            .split(" or ")
            .map((one) => (one === "from" ? "phone.from" : `phone.vendors[${index}].${one}`));
          return `${places.join(" or ")}: expected a value, which ${vendor} needs for ${medium}, got: nothing`;
        }),
    );
  });
}

function phoneRules({ methods, vendors, countries }: PhoneDelivery): string[] {
  const serves = (method: string) =>
    vendors.some((entry) =>
      entry.channels.some((medium) => (medium === "voice") === (method === "voice")),
    );
  const named = countries?.allow;
  // A prefix and a country cannot be compared; both lists are checked for every call all the same.
  const within = (area: string) =>
    named?.some((one) => area.startsWith(one) || area.startsWith("+") !== one.startsWith("+"));
  const wider = named ? (countries.voice?.allow ?? []).filter((area) => !within(area)) : [];
  return [
    ...methods
      .filter((method) => !serves(method))
      .map((method) => `phone.methods: expected a vendor that serves ${method}, got: none`),
    ...wider.map(
      (area) =>
        `phone.countries.voice.allow: expected some of phone.countries.allow, got: "${area}"`,
    ),
  ];
}

/** What must hold between fields, a line for each problem. */
export function ruleProblems(environment: Omit<Environment, "file">): string[] {
  const { name, promotedFrom, email, phone } = environment;
  return [
    ...(email || phone ? [] : ["the environment: expected email or phone, got: neither"]),
    ...(promotedFrom === name
      ? [`promotedFrom: expected another environment, got: "${name}", which is this one`]
      : []),
    ...channels.flatMap((channel) => {
      const delivery = environment[channel];
      return delivery ? vendorRules(environment, channel, delivery) : [];
    }),
    ...(phone ? [...phoneRules(phone), ...needs(phone)] : []),
  ];
}
