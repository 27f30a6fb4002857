export { simulate } from "./simulate.ts";
export type { Case } from "./channel.ts";
export type { Progress, Simulation, SimulateOptions } from "./simulate.ts";
export { missLine, render } from "./render.ts";
export { scenarios } from "./scenarios.ts";
export { drawing } from "./svg.ts";
