import { emailVendors } from "../../actions/vendors/email/index.ts";
import { phoneVendors } from "../../actions/vendors/phone/index.ts";
import type { SettingsSpec } from "../../actions/vendors/settings.ts";
import type { HttpRequest, Vendor } from "../../actions/vendors/vendor.ts";
import { bundle } from "../../bundle/bundle.ts";
import type { Channel, Environment, VendorEntry } from "../../config/environment.ts";
import { secretNames } from "../../config/environment.ts";
import type { Answers } from "./answers/answers.ts";
import { emailAnswers } from "./answers/email.ts";
import { phoneAnswers } from "./answers/phone.ts";
import { assumed } from "./assumptions.ts";
import { numbersFor } from "./numbers.ts";
import type { VendorEndpoint } from "./network.ts";
import type { ActionUnderTest } from "./run-scenario.ts";
import { primaryVendor } from "./primary-vendor.ts";
import type { Request } from "./sandbox/sandbox.ts";

type Sender = Vendor<unknown, SettingsSpec>;

// Each vendor takes messages of its own channel only; what is probed below is of that channel.
const vendors = {
  email: emailVendors as unknown as Readonly<Record<string, { readonly vendor: Sender }>>,
  phone: phoneVendors as unknown as Readonly<Record<string, { readonly vendor: Sender }>>,
};
const answers: Readonly<Record<Channel, Readonly<Record<string, Answers>>>> = {
  email: emailAnswers,
  phone: phoneAnswers,
};

/** Values for secrets that stand out wherever they should not be. */
function madeUp(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, `madeUp${name.replaceAll("_", "")}`]));
}

const sampleMessages = {
  email: {
    to: "probe@example.org",
    from: { address: "login@example.com" },
    subject: "Your code",
    html: "<p>1</p>",
    text: "1",
    messageType: "verification_code",
    code: "123456",
  },
  phone: {
    to: "+12025550100",
    from: "+15005550001",
    text: "1",
    code: "123456",
    messageType: "otp_verify",
    lifetimeS: 180,
  },
};

/** The requests that a vendor would send, to know its addresses and credentials by. */
async function probe(channel: Channel, entry: VendorEntry, own: Record<string, string>) {
  const { vendor } = vendors[channel][entry.vendor] ?? {};
  if (!vendor) throw new Error(`expected a known vendor, got: ${entry.vendor}`);
  const { settings } = entry;
  const now = assumed.start;
  const requests = entry.channels.map(async (medium) => {
    const message = { ...sampleMessages[channel], medium };
    return vendor.request({ message, settings, secrets: own, key: "0".repeat(32), now, token: "" });
  });
  // A medium that lacks a setting cannot send, neither here nor in the bundle.
  const made = (await Promise.allSettled(requests)).flatMap((one) =>
    one.status === "fulfilled" ? [one.value] : [],
  );
  return { made, token: await vendor.token?.request({ settings, secrets: own, now }) };
}

const sameAs =
  (request: Request) =>
  (other: HttpRequest, exactly: boolean): boolean =>
    request.url === other.url &&
    (!exactly || request.headers["authorization"] === other.headers["authorization"]);

async function endpointsOf(
  channel: Channel,
  entries: readonly VendorEntry[],
  secrets: Readonly<Record<string, string>>,
): Promise<VendorEndpoint[]> {
  const probed = await Promise.all(
    entries.map(async (entry) => {
      const own = Object.fromEntries(
        Object.entries(entry.secrets).map(([name, secret]) => [name, secrets[secret] ?? ""]),
      );
      const { made, token } = await probe(channel, entry, own);
      const found = answers[channel][entry.vendor];
      if (!found) throw new Error(`expected answers of ${entry.vendor}, got: none`);
      return { entry, made, token, answers: found };
    }),
  );
  return probed.map(({ entry, made, token, answers: own }) => {
    // Two accounts at one vendor share an address; then the credentials tell them apart.
    const shared = probed.some(
      (other) =>
        other.entry !== entry && other.made.some(({ url }) => made.some((one) => one.url === url)),
    );
    return {
      id: entry.id,
      answers: own,
      purpose: (request) => {
        const same = sameAs(request);
        if (made.some((one) => same(one, shared))) return "message";
        return token && same(token, false) ? "token" : undefined;
      },
    };
  });
}

/** The Action of a channel of an environment, ready to be run; `undefined` if it has none. */
export async function environmentAction(
  environment: Environment,
  channel: Channel,
): Promise<ActionUnderTest | undefined> {
  const delivery = environment[channel];
  const made = await bundle(environment, channel);
  if (!delivery || !made) return undefined;
  const secrets = madeUp(secretNames(environment, channel));
  const action = {
    name: environment.name,
    channel,
    code: made.code,
    handler: made.handler,
    endpoints: await endpointsOf(channel, delivery.vendors, secrets),
    secrets,
    lifetimeMs: delivery.lifetimeS * 1_000,
    numbers: numbersFor(environment),
    primary: "",
  };
  return { ...action, primary: await primaryVendor(action) };
}
