export { simulate } from "./simulate.ts";
export type { Case } from "./simulate-channel.ts";
export type { Progress, Simulation, SimulateOptions } from "./simulate.ts";
export { missLine, render } from "./render.ts";
export { scenarios } from "./scenarios.ts";
export { renderSvg } from "./svg.ts";
