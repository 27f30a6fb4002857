export { RehearsalError } from "./error.ts";
export { rehearse } from "./rehearse.ts";
export type { Case } from "./channel.ts";
export type { Progress, Rehearsal, RehearseOptions } from "./rehearse.ts";
export { missLine, render } from "./render.ts";
export { scenarios } from "./scenarios.ts";
export { drawing } from "./drawing.ts";
