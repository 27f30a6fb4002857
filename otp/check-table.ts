import type { Check } from "./tenant/comparison.ts";

const columns = ["what", "expected", "got"] as const;

/** Checks as a table for a terminal, then what to do about those that are not fine. */
export function tableOf(checks: readonly Check[]): string {
  const head = { what: "check", expected: "expected", got: "got" };
  const rows = [{ ...head, fine: undefined, warning: undefined }, ...checks];
  const width = (column: (typeof columns)[number]) =>
    Math.max(...rows.map((row) => row[column].length));
  const widths = { what: width("what"), expected: width("expected"), got: 0 };
  const mark = ({ fine, warning }: (typeof rows)[number]) =>
    warning ? "!" : fine === undefined ? " " : fine ? "✓" : "✗";
  const table = rows.map((row) =>
    [mark(row), ...columns.map((column) => row[column].padEnd(widths[column]))].join("  "),
  );
  const todo = checks.flatMap(({ what, todo: text, fine, warning }) =>
    (fine && !warning) || text === undefined ? [] : [`${what}: ${text}`],
  );
  return [...table, ...(todo.length > 0 ? ["", ...todo] : []), ""].join("\n");
}

/** Text that stays inside a cell, whatever it holds. */
const cell = (text: string) =>
  `\`\` ${text
    .replace(/[\r\n]+/g, " ")
    .replaceAll("|", "\\|")
    .replaceAll("`", "'")} \`\``;

/** Checks as a Markdown table. */
export function markdownOf(checks: readonly Check[]): string {
  return [
    "| | check | expected | got | what to do |",
    "|---|---|---|---|---|",
    ...checks.map(
      ({ what, expected, got, fine, warning, todo = "" }) =>
        `| ${warning ? "⚠️" : fine ? "✅" : "❌"} | ${cell(what)} | ${cell(expected)} | ${cell(got)} | ${fine && !warning ? "" : todo.replaceAll("|", "\\|")} |`,
    ),
    "",
  ].join("\n");
}
