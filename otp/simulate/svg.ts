import type { Channel } from "../../config/environment.ts";
import { channels } from "../../config/environment.ts";
import { curveTimesMs } from "./delivery-curve.ts";
import type { Case } from "./simulate-channel.ts";
import type { Simulation } from "./simulate.ts";

const across = 3;
const panel = { width: 300, height: 170, left: 44, right: 14, top: 30, bottom: 30 };
const inner = {
  width: panel.width - panel.left - panel.right,
  height: panel.height - panel.top - panel.bottom,
};
const headHeight = 64;
const sectionHeight = 30;
/** Middle tones, to be read on a light ground and on a dark one. */
const colours = { text: "#7d8590", line: "#7d859055", engine: "#1f9e89", sample: "#e0703c" };

const ticks: readonly [ms: number, label: string][] = [
  [100, "0.1 s"],
  [1_000, "1 s"],
  [10_000, "10 s"],
  [100_000, "100 s"],
];
const titles: Readonly<Record<Channel, string>> = { email: "E-mail", phone: "Phone" };

const escaped = (text: string) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
const round = (value: number) => String(Math.round(value * 10) / 10);

const least = curveTimesMs[0] ?? 1;
const most = curveTimesMs.at(-1) ?? 1;
const x = (ms: number) =>
  panel.left + (inner.width * Math.log(ms / least)) / Math.log(most / least);
const y = (share: number) => panel.top + inner.height * (1 - share);

function text(at: readonly [number, number], content: string, more = ""): string {
  return `<text x="${round(at[0])}" y="${round(at[1])}"${more && ` ${more}`}>${escaped(content)}</text>`;
}

function line(from: readonly [number, number], to: readonly [number, number], more = ""): string {
  const ends = `x1="${round(from[0])}" y1="${round(from[1])}" x2="${round(to[0])}" y2="${round(to[1])}"`;
  return `<line ${ends} stroke="${colours.line}"${more && ` ${more}`}/>`;
}

function curveLine({ curve }: Case, colour: string, more = ""): string {
  const points = curve.map(
    (share, at) => `${round(x(curveTimesMs[at] ?? most))},${round(y(share))}`,
  );
  return `<polyline points="${points.join(" ")}" fill="none" stroke="${colour}" stroke-width="2"${more && ` ${more}`}/>`;
}

const dashed = 'stroke-dasharray="5 3"';

/** The axes of a panel; ten seconds, which the goals are about, are marked. */
function axes(): string[] {
  return [
    ...[0, 0.5, 1].flatMap((share) => [
      line([panel.left, y(share)], [panel.left + inner.width, y(share)]),
      text([panel.left - 6, y(share) + 4], `${String(share * 100)} %`, 'text-anchor="end"'),
    ]),
    ...ticks.flatMap(([ms, label]) => [
      line(
        [x(ms), panel.top],
        [x(ms), panel.top + inner.height],
        ms === 10_000 ? 'stroke-width="2"' : "",
      ),
      text([x(ms), panel.top + inner.height + 16], label, 'text-anchor="middle"'),
    ]),
  ];
}

function panelOf(title: string, engine: Case, sample: Case | undefined): string[] {
  return [
    text([panel.left, panel.top - 10], title, 'font-weight="600"'),
    ...axes(),
    ...(sample ? [curveLine(sample, colours.sample, dashed)] : []),
    curveLine(engine, colours.engine),
  ];
}

function section(channel: Channel, { vendors, cases }: Simulation, top: number) {
  const own = cases.filter((one) => one.channel === channel);
  const shown = own.filter(({ contender }) => contender === "engine");
  const panels = shown.map((engine, at) => {
    const sample = own.find(
      ({ contender, scenario }) => contender === "sample" && scenario === engine.scenario,
    );
    const left = (at % across) * panel.width;
    const down = top + sectionHeight + Math.floor(at / across) * panel.height;
    return [
      `<g transform="translate(${String(left)} ${String(down)})">`,
      ...panelOf(engine.title, engine, sample),
      "</g>",
    ].join("\n");
  });
  const heading = `${titles[channel]}: ${vendors[channel]?.join(", then ") ?? ""}`;
  return {
    height: sectionHeight + Math.ceil(shown.length / across) * panel.height,
    parts: [text([panel.left, top + 18], heading, 'font-size="14" font-weight="600"'), ...panels],
  };
}

function legend({ environment }: Simulation): string[] {
  const key = (left: number, colour: string, label: string, more = "") => [
    `<line x1="${String(left)}" y1="44" x2="${String(left + 28)}" y2="44" stroke="${colour}" stroke-width="2"${more && ` ${more}`}/>`,
    text([left + 34, 48], label),
  ];
  return [
    text(
      [panel.left, 24],
      `Share of codes delivered over time: simulation of ${environment}`,
      'font-size="14" font-weight="600"',
    ),
    ...key(panel.left, colours.engine, "this project"),
    ...key(
      panel.left + 140,
      colours.sample,
      "Auth0's documented sample, first vendor alone",
      dashed,
    ),
  ];
}

/** The delivery curves of a simulation as an SVG: a panel per scenario, the engine and the sample. */
export function renderSvg(simulation: Simulation): string {
  let height = headHeight;
  const parts = channels
    .filter((channel) => simulation.vendors[channel])
    .flatMap((channel) => {
      const made = section(channel, simulation, height);
      height += made.height;
      return made.parts;
    });
  const size = `width="${String(across * panel.width)}" height="${String(height)}" viewBox="0 0 ${String(across * panel.width)} ${String(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="system-ui, sans-serif" font-size="11" fill="${colours.text}">`,
    `<title>Delivery curves of ${escaped(simulation.environment)}</title>`,
    ...legend(simulation),
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}
