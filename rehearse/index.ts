export { rehearse, RehearsalError } from "./rehearse.ts";
export type { Case, Progress, Rehearsal, RehearseOptions } from "./rehearse.ts";
export { missLine, render } from "./render.ts";
export { scenarios } from "./scenarios.ts";
export { drawing } from "./drawing.ts";
