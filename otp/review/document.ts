import type { Finding } from "./dangers/index.ts";
import type { ReviewedEnvironment, ReviewedResource } from "./environment.ts";
import type { Piece } from "./truncate.ts";
import { headline } from "./headline.ts";
import {
  attributeFence,
  codePart,
  folded,
  isFilledIn,
  settingsTable,
  table,
  weight,
} from "./parts.ts";
import type { Pen } from "./markdown-writer.ts";
import { route } from "./route.ts";
import { own, say } from "./safe-text.ts";

// What a reviewer can do without the most is cut first.
const ranks = {
  summary: 0,
  dangers: 1,
  settings: 1,
  table: 2,
  route: 3,
  simulation: 4,
  attributes: 5,
  code: 6,
};

function sign({ changed, findings }: ReviewedEnvironment): string {
  if (findings.some(({ stopsLogins }) => stopsLogins)) return "🔴";
  if (findings.length > 0) return "🟡";
  return changed ? "🟢" : "⚪";
}

/** A list that can be cut to its first items. */
function list(lines: readonly string[], mosts: readonly number[]): [string, ...string[]] {
  const shortened = mosts
    .filter((most) => most < lines.length)
    .map((most) => [...lines.slice(0, most), `- and ${lines.length - most} more`].join("\n"));
  return [lines.join("\n"), ...shortened];
}

function summary(environments: readonly ReviewedEnvironment[], marker: string, pen: Pen): Piece {
  const lines = environments.map(
    (one) => `- ${sign(one)} **${pen.name(one.name)}**: ${headline(one)}`,
  );
  const [all, ...shorter] = list(lines, [200, 50, 15]);
  const hidden = marker === "" ? "" : `<!-- ${marker} -->\n`;
  return {
    rank: ranks.summary,
    what: "environments",
    forms: [`${hidden}${all}`, ...shorter.map((text) => `${hidden}${text}`)],
  };
}

function dangers(environments: readonly ReviewedEnvironment[], pen: Pen): Piece[] {
  const all = environments.flatMap(({ name, findings }) =>
    findings.map((finding) => ({ name, finding })),
  );
  if (all.length === 0) return [];
  const line = ({ name, finding }: { name: string; finding: Finding }) =>
    `- ${finding.stopsLogins ? "🔴" : "🟡"} **${pen.name(name)}**: ${pen.words(finding.words)}`;
  const [stopping, others] = [true, false].map((stops) =>
    all.filter(({ finding }) => (finding.stopsLogins ?? false) === stops),
  );
  const lines = [...(stopping ?? []), ...(others ?? [])].map(line);
  const forms = list(lines, [100, 30, 8]).map((text) => `### Look at this first\n\n${text}`);
  const [first = "", ...shorter] = forms;
  return [{ rank: ranks.dangers, what: "dangers", forms: [first, ...shorter] }];
}

function routes(resources: readonly ReviewedResource[], pen: Pen): Piece[] {
  return resources.flatMap(({ subject: { change, manifests, kind } }) => {
    const drawn = kind === "read" ? undefined : route(manifests.before, manifests.after, pen);
    if (drawn === undefined) return [];
    return [
      {
        rank: ranks.route,
        what: `route of ${change.address}`,
        forms: [`**Route of** ${pen.code(change.address)}\n\n${drawn}`, ""] as const,
      },
    ];
  });
}

function weights(resources: readonly ReviewedResource[], pen: Pen): Piece[] {
  const lines = resources.flatMap(({ subject: { change }, code }) =>
    code && code.bytesAfter > 0 ? [`- ${pen.words(weight(change.address, code))}`] : [],
  );
  if (lines.length === 0) return [];
  return [{ rank: ranks.route, what: "weights", forms: [lines.join("\n"), ""] }];
}

function attributePart(resource: ReviewedResource, prefix: string, pen: Pen): Piece[] {
  const { subject } = resource;
  const filledIn = resource.attributes.filter((one) => isFilledIn(resource, one));
  const attributes = resource.attributes.filter((one) => !isFilledIn(resource, one));
  const rest =
    filledIn.length === 0
      ? []
      : [
          folded(
            own(`${filledIn.length} attributes that nobody sets; Auth0 fills them in`),
            pen.fence(
              filledIn.map(({ path }) => path),
              "text",
            ),
            pen,
          ),
        ];
  if (resource.attributes.length === 0) return [];
  const body = [...(attributes.length > 0 ? [attributeFence(attributes, pen)] : []), ...rest];
  const title = say`${own(prefix)}Attributes of ${subject.change.address}`;
  return [
    {
      rank: ranks.attributes,
      what: `attributes of ${subject.change.address}`,
      forms: [folded(title, body.join("\n\n"), pen), ""],
    },
  ];
}

function codeParts({ code, subject }: ReviewedResource, prefix: string, pen: Pen): Piece[] {
  if (!code) return [];
  const part = (most: number) => `${prefix}${codePart(subject.change.address, code, most, pen)}`;
  return [
    {
      rank: ranks.code,
      what: `code of ${subject.change.address}`,
      forms: [part(Infinity), part(80), ""],
    },
  ];
}

function outputs(environment: ReviewedEnvironment, pen: Pen): Piece[] {
  if (environment.outputs.length === 0) return [];
  const attributes = environment.outputs.flatMap(({ name, attributes: all }) =>
    all.map((one) => ({ ...one, path: `${name} ${one.path}`.replace(/ \(value\)$/, "") })),
  );
  const text = `Outputs\n\n${attributeFence(attributes, pen)}`;
  return [{ rank: ranks.attributes, what: "outputs", forms: [text, ""] }];
}

function details(environment: ReviewedEnvironment, pen: Pen): Piece[] {
  const { name, resources, drift, simulation } = environment;
  const rows =
    resources.length === 0 ? [] : [table(resources, Infinity, pen), table(resources, 40, pen)];
  const head = `### ${pen.name(name)}`;
  const [full = "", short = ""] = rows;
  return [
    { rank: ranks.summary, what: `heading of ${name}`, forms: [head] },
    ...(environment.settings.length === 0
      ? []
      : [
          {
            rank: ranks.settings,
            what: `settings of ${name}`,
            forms: [settingsTable(environment.settings, pen), ""] as const,
          },
        ]),
    { rank: ranks.table, what: `resources of ${name}`, forms: [full, short, ""] },
    ...routes(resources, pen),
    ...weights(resources, pen),
    ...(simulation === undefined
      ? []
      : [
          {
            rank: ranks.simulation,
            what: "simulations",
            forms: [
              folded(own("Simulation of outages"), pen.trusted(simulation), pen),
              "",
            ] as const,
          },
        ]),
    ...resources.flatMap((one) => attributePart(one, "", pen)),
    ...outputs(environment, pen),
    ...resources.flatMap((one) => codeParts(one, "", pen)),
    ...drift.flatMap((one) => [
      ...attributePart(one, "Changed outside Terraform: ", pen),
      ...codeParts(one, "Changed outside Terraform:\n\n", pen),
    ]),
  ];
}

/** The pieces of a document on all environments, in the order in which they are read. */
export function pieces(
  environments: readonly ReviewedEnvironment[],
  marker: string,
  pen: Pen,
): Piece[] {
  return [
    summary(environments, marker, pen),
    ...dangers(environments, pen),
    ...environments.filter(({ changed }) => changed).flatMap((one) => details(one, pen)),
  ];
}
