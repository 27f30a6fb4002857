import { relative } from "node:path";
import type { PlannedChange } from "./tenant/adopt-plan.ts";
import type { Adoption } from "./tenant/adopt.ts";

/** A path as it is named to people. */
export const near = (path: string) => relative(process.cwd(), path);
/** A title with lines below it, or nothing. */
export const listed = (title: string, lines: readonly string[]) =>
  lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`)] : [];

/** What has been prepared. */
export function described({ backup, file, imports, terms }: Adoption): string[] {
  return [
    `What was there is in ${near(backup)}`,
    ...(file === undefined
      ? ["Nothing is left to take over: what the tenant has is in the state, or there is nothing."]
      : listed(
          `The stack takes over, by ${near(file)}:`,
          imports.map(({ to }) => to),
        )),
    ...(file === undefined ? [] : listed("With the next deploy:", terms.changes)),
    ...listed("Look at this before:", terms.dangers),
  ];
}

/** What the next deploy does, resource by resource. */
export function planned(changes: readonly PlannedChange[]): string[] {
  const count = (fits: (change: PlannedChange) => boolean) => String(changes.filter(fits).length);
  const lines = changes
    .filter(({ actions, imported }) => imported || actions !== "no-op")
    .map(({ address, actions, imported, attributes }) => {
      const what = actions === "no-op" ? "stays as it is" : actions;
      const which =
        attributes.length > 0 && actions === "update" ? `: ${attributes.join(", ")}` : "";
      return `${address}: ${imported ? "taken over, " : ""}${what}${which}`;
    });
  return listed(
    `The plan takes over ${count(({ imported }) => imported)}, changes ${count(({ actions }) => actions === "update")} in place, ` +
      `makes ${count(({ actions }) => actions === "create")}, destroys ${count(({ actions }) => actions.includes("delete"))}:`,
    lines,
  );
}
