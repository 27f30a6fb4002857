import type { Channel } from "./channels.ts";
import type { Environment } from "./environment.ts";
import { mediaOf } from "./environment.ts";
import type { ConfigWarning } from "./warnings.ts";

/** What a route asks for: alternatives by condition; metadata keys are conditions of their own. */
type Wanted = ReadonlyMap<string, readonly string[]>;

const lists = [
  "organizations",
  "applications",
  "connections",
  "customDomains",
  "locales",
  "countries",
  "channels",
  "messageTypes",
] as const;

type AnyRoute = Readonly<Record<string, unknown>>;

function wantedBy(route: AnyRoute): Wanted {
  const wanted = new Map<string, readonly string[]>();
  for (const name of lists)
    if (Array.isArray(route[name])) wanted.set(name, route[name] as readonly string[]);
  for (const name of ["clientMetadata", "organizationMetadata"])
    for (const [key, values] of Object.entries((route[name] ?? {}) as AnyRoute))
      wanted.set(`${name}.${key}`, values as readonly string[]);
  return wanted;
}

/** The single cases that a route is for; beyond the limit there are too many to look at. */
const limit = 5_000;
function casesOf(wanted: Wanted): Wanted[] {
  return [...wanted].reduce<Map<string, readonly string[]>[]>(
    (cases, [name, values]) =>
      cases.length * values.length > limit
        ? []
        : cases.flatMap((one) => values.map((value) => new Map(one).set(name, [value]))),
    [new Map<string, readonly string[]>()],
  );
}

/** Whether a route takes everything of a case. An organization's id may be another one's name. */
const takes = (route: Wanted, one: Wanted) =>
  [...route].every(([name, values]) => {
    const [value] = one.get(name) ?? [];
    if (value === undefined) return false;
    return name === "locales"
      ? values.some((tag) => `${value}-`.startsWith(`${tag}-`))
      : values.includes(value);
  });

/** Numbers of the earlier routes that take every case of a route between them. */
function shadowedBy(wanted: Wanted, earlier: readonly Wanted[]): number[] {
  const whole = earlier.findIndex((route) => takesAll(route, wanted));
  if (whole >= 0) return [whole];
  const cases = casesOf(wanted);
  const takers = cases.map((one) => earlier.findIndex((route) => takes(route, one)));
  return cases.length > 0 && !takers.includes(-1) ? [...new Set(takers)].sort((a, b) => a - b) : [];
}

/** The same without single cases: each condition of the route is at least as wide. */
const takesAll = (route: Wanted, later: Wanted) =>
  [...route.keys()].every((name) =>
    later
      .get(name)
      ?.every((value) =>
        takes(new Map([[name, route.get(name) ?? []]]), new Map([[name, [value]]])),
      ),
  );

/** Countries that no message of a method may go to. */
function refusedCountries({ phone }: Environment, wanted: Wanted): readonly string[] {
  const rules = phone?.countries;
  const onlyVoice = wanted.get("channels")?.every((method) => method === "voice") ?? false;
  const refused = (country: string) =>
    [rules, ...(onlyVoice ? [rules?.voice] : [])].some(
      (one) =>
        (one?.allow?.every((area) => area !== country && !area.startsWith("+")) ?? false) ||
        one?.deny?.includes(country),
    );
  return (wanted.get("countries") ?? []).filter(refused);
}

/** Why no message can ever take a route. */
function neverBecause(
  environment: Environment,
  wanted: Wanted,
  earlier: readonly Wanted[],
): Pick<ConfigWarning, "got" | "todo"> | undefined {
  const takers = shadowedBy(wanted, earlier);
  if (takers.length > 0) {
    const names = takers.map((index) => `routes[${String(index)}]`).join(" and ");
    return {
      got: `${names} before it, which ${takers.length > 1 ? "take" : "takes"} all of its messages`,
      todo: `put it before ${names}, or take it out`,
    };
  }
  const countries = wanted.get("countries") ?? [];
  if (countries.length > 0 && refusedCountries(environment, wanted).length === countries.length)
    return {
      got: `${countries.join(", ")}, to which phone.countries lets nothing go`,
      todo: "allow the country in phone.countries, or take the route out",
    };
  const methods = wanted.get("channels") ?? [];
  const offered: readonly string[] = environment.phone?.methods ?? [];
  if (methods.length > 0 && !methods.some((method) => offered.includes(method)))
    return {
      got: `${methods.join(", ")}, which phone.methods does not offer`,
      todo: "offer it in phone.methods, or take the route out",
    };
  return undefined;
}

/** The methods of a route that none of its vendors serves: such messages are refused. */
function unserved(
  environment: Environment,
  channel: Channel,
  ids: readonly string[],
  wanted: Wanted,
) {
  if (channel === "email") return [];
  const offered = environment.phone?.methods ?? [];
  const entries = environment.phone?.vendors.filter(({ id }) => ids.includes(id)) ?? [];
  return offered
    .filter((method) => wanted.get("channels")?.includes(method) ?? true)
    .filter(
      (method) =>
        !entries.some((entry) =>
          mediaOf(entry, environment).some(
            (medium) => (medium === "voice") === (method === "voice"),
          ),
        ),
    );
}

/** Routes that can never match, and routes whose vendors cannot send what they are for. */
export function routeWarnings(environment: Environment, channel: Channel): ConfigWarning[] {
  const routes: readonly AnyRoute[] = environment[channel]?.routes ?? [];
  const all = routes.map(wantedBy);
  return all.flatMap((wanted, index): ConfigWarning[] => {
    const field = `${channel}.routes[${String(index)}]`;
    const never = neverBecause(environment, wanted, all.slice(0, index));
    if (never)
      return [
        {
          kind: "route-never-matches",
          field,
          expected: "messages that no earlier route takes",
          ...never,
        },
      ];
    const vendors = routes[index]?.["vendors"] as readonly string[] | undefined;
    const methods = vendors ? unserved(environment, channel, vendors, wanted) : [];
    return methods.map((method) => ({
      kind: "route-sends-nothing",
      field: `${field}.vendors`,
      expected: `a vendor that serves ${method}`,
      got: vendors?.join(", ") ?? "",
      todo: `add a vendor for ${method}, or limit the route's channels: such messages are refused now`,
    }));
  });
}
