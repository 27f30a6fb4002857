import type { Manifest } from "./manifest.ts";
import { listed, own, say } from "./safe-text.ts";
import type { Words } from "./safe-text.ts";

/** Which vendors try to deliver one kind of message, in order, before and after. */
export interface Lane {
  /** Such as `codes by text to US`. */
  readonly title: Words;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

interface Route {
  readonly way: string;
  readonly title: Words;
  readonly vendors: readonly string[];
}

/** A vendor's id and the way it sends: `twilio/text`. */
function step(vendor: string, channel: string): { id: string; way: string } {
  const slash = vendor.lastIndexOf("/");
  return slash < 0
    ? { id: vendor, way: channel }
    : { id: vendor.slice(0, slash), way: vendor.slice(slash + 1) };
}

const ways: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    email: "codes by e-mail",
    text: "codes by text message",
    voice: "codes by call",
    whatsapp: "codes by WhatsApp",
  }),
);

function titleOf(way: string): Words {
  const known = ways.get(way);
  return known === undefined ? say`codes by ${way}` : own(known);
}

/** The order for each way of sending, then for each route that makes an exception. */
function routesOf(manifest: Manifest | undefined): Map<string, Route> {
  const routes = new Map<string, Route>();
  if (!manifest) return routes;
  const steps = manifest.vendors.map((vendor) => step(vendor, manifest.channel));
  const all = [...new Set(steps.map(({ way }) => way))];
  for (const way of all) {
    const vendors = steps.filter((one) => one.way === way).map(({ id }) => id);
    routes.set(way, { way, title: titleOf(way), vendors });
  }
  for (const { countries, channels, messageTypes, vendors } of manifest.routes) {
    for (const way of all.filter((one) => channels?.includes(one) ?? true)) {
      const able = vendors.filter((id) => steps.some((one) => one.id === id && one.way === way));
      const to = countries ? say` to ${listed(countries)}` : own("");
      const of = messageTypes ? say` of type ${listed(messageTypes)}` : own("");
      const key = JSON.stringify([way, countries, messageTypes]);
      // The first route that fits decides, so a second one of the same condition is never taken.
      if (able.length > 0 && !routes.has(key))
        routes.set(key, { way, title: say`${titleOf(way)}${to}${of}`, vendors: able });
    }
  }
  return routes;
}

/**
 * The lanes of a channel. Where a route is missing on one side, its messages take the way's own
 * order there.
 */
export function lanes(before: Manifest | undefined, after: Manifest | undefined): Lane[] {
  const [old, now] = [routesOf(before), routesOf(after)];
  return [...new Map([...now, ...old])].map(([key, { way, title }]) => ({
    title,
    before: (old.get(key) ?? old.get(way))?.vendors ?? [],
    after: (now.get(key) ?? now.get(way))?.vendors ?? [],
  }));
}

/** Whether a lane has other vendors, or others first. */
export function isChangedLane({ before, after }: Lane): boolean {
  return before.join("\n") !== after.join("\n");
}
