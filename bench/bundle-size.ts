import { bundle } from "../bundle/bundle.ts";
import type { Channel } from "../config/environment.ts";
import { entry, environmentOf, vendors } from "../test/actions/samples.ts";

// What bundles weigh: run by `npx tsx bench/bundle-size.ts`. Goals: 18 kB with
// one vendor (28 with SigV4) and 80 kB with all; Auth0 takes 100.

const five: Readonly<Record<Channel, readonly string[]>> = {
  email: ["postmark", "sendgrid", "resend", "mailgun", "amazon-ses"],
  phone: ["twilio", "vonage-messages", "messagebird", "infobip", "telnyx"],
};

async function weigh(channel: Channel, names: readonly string[]): Promise<number> {
  const environment = environmentOf(
    channel,
    names.map((name) => entry(channel, name)),
  );
  return (await bundle(environment, channel))?.size ?? 0;
}

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

for (const channel of ["email", "phone"] as const) {
  const names = Object.keys(vendors[channel]);
  const single = await Promise.all(
    names.map(async (name) => ({ name, size: await weigh(channel, [name]) })),
  );
  single.sort((one, other) => one.size - other.size);
  const [least] = single;
  const most = single.at(-1);
  if (!least || !most) throw new Error(`expected vendors for ${channel}`);
  console.log(
    `${channel}  one vendor ${kB(least.size)} (${least.name}) to ${kB(most.size)} (${most.name}), goal 18 (28 with SigV4)`,
  );
  console.log(`${channel}  five vendors ${kB(await weigh(channel, five[channel]))}`);
  console.log(`${channel}  all ${names.length} ${kB(await weigh(channel, names))}, goal 80`);
}
