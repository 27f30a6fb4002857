import { readPlan, review } from "./review/index.ts";
import type { Review } from "./review/index.ts";

/** A review of one environment's plan. */
export function reviewOf(environment: string, json: string, secrets: readonly string[]): Review {
  return review([{ environment, plan: readPlan(json, `${environment}: the plan`) }], { secrets });
}

/** What a plan does, in lines for a terminal: the headline, each change, and the dangers. */
export function summaryOf({ json }: Review): string[] {
  const mark = (stopsLogins: boolean) => (stopsLogins ? "DANGER" : "note");
  return [
    ...json.environments.flatMap(({ name, headline, resources }) => [
      `${name}: ${headline}`,
      ...resources.map(({ address, kind }) => `  ${kind}  ${address}`),
    ]),
    ...json.dangers.map(({ stopsLogins, message }) => `  ${mark(stopsLogins)}: ${message}`),
  ];
}
