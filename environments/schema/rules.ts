import type { EmailDelivery, Environment, PhoneDelivery } from "./environment.ts";
import { channels, secretNames } from "./environment.ts";

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

function phoneRules({ methods, vendors, from, senders, countries }: PhoneDelivery): string[] {
  const serves = (method: string) =>
    vendors.some((entry) =>
      entry.channels.some((channel) => (channel === "voice") === (method === "voice")),
    );
  const named = countries?.allow;
  const wider = (countries?.voice?.allow ?? []).filter(
    (area) =>
      named &&
      !named.some(
        (allowed) =>
          area === allowed ||
          area.startsWith(allowed) ||
          allowed.startsWith("+") !== area.startsWith("+"),
      ),
  );
  return [
    ...methods
      .filter((method) => !serves(method))
      .map((method) => `phone.methods: expected a vendor that serves ${method}, got: none`),
    ...(senders && from === undefined && Object.keys(senders).length === 0
      ? ["phone.senders: expected at least one sender, got: none"]
      : []),
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
    ...(phone ? phoneRules(phone) : []),
  ];
}
