import type { Medium } from "../actions/delivery/message.ts";
import type { EmailDelivery, Environment, PhoneDelivery } from "./environment.ts";
import { channels, secretNames, waysOf } from "./environment.ts";
import { registry } from "./vendors.ts";

/** Auth0's limit for one Action. */
const secretLimit = 30;

function vendorRules(channel: string, delivery: EmailDelivery | PhoneDelivery): string[] {
  const ids = delivery.vendors.map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  const unknown = delivery.routes.flatMap((route, index) =>
    route.vendors
      .filter((id) => !ids.includes(id))
      .map(
        (id) =>
          `${channel}.routes[${index}].vendors: expected one of ${ids.join(", ")}, got: "${id}"`,
      ),
  );
  const secrets = secretNames(delivery).length;
  return [
    ...[...new Set(twice)].map(
      (id) =>
        `${channel}.vendors: expected each id once, got: "${id}" twice; give one of them an id`,
    ),
    ...unknown,
    ...(secrets > secretLimit
      ? [`${channel}.vendors: expected at most ${secretLimit} secrets, got: ${secrets}`]
      : []),
  ];
}

/** What a vendor cannot do without on a channel that it is used for. */
function needs(phone: PhoneDelivery): string[] {
  const sender = phone.from !== undefined || phone.senders !== undefined;
  return phone.vendors.flatMap((entry, index) => {
    const { vendor, settings, secrets } = entry;
    const given = new Set([
      ...Object.keys({ ...settings, ...secrets }),
      ...(sender ? ["from"] : []),
    ]);
    return waysOf(entry, { phone }).flatMap((way) =>
      (registry.phone[vendor]?.about.needs?.[way as Medium] ?? [])
        .filter((need) => !need.split(" or ").some((one) => given.has(one)))
        .map((need) => {
          const places = need
            .split(" or ")
            .map((one) => (one === "from" ? "phone.from" : `phone.vendors[${index}].${one}`));
          return `${places.join(" or ")}: expected a value, which ${vendor} needs for ${way}, got: nothing`;
        }),
    );
  });
}

function phoneRules({ methods, vendors, countries }: PhoneDelivery): string[] {
  const serves = (method: string) =>
    vendors.some((entry) =>
      entry.channels.some((channel) => (channel === "voice") === (method === "voice")),
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
  const { email, phone } = environment;
  return [
    ...(email || phone ? [] : ["the environment: expected email or phone, got: neither"]),
    ...channels.flatMap((channel) => {
      const delivery = environment[channel];
      return delivery ? vendorRules(channel, delivery) : [];
    }),
    ...(phone ? [...phoneRules(phone), ...needs(phone)] : []),
  ];
}
