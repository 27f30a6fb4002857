import { stripVTControlCharacters as plain } from "node:util";

/**
 * The errors in what Terraform or cdktf printed, one line each: summary and detail.
 *
 * @returns an empty list where it printed none
 */
export function errorsIn(output: string): string[] {
  // cdktf puts the stack's name before each line, and Terraform a frame around each error.
  const lines = plain(output)
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*(?:[\w-]+ )?\s*[│╷╵]? ?/u, "").trim());
  const errors: string[][] = [];
  let open: string[] | undefined;
  let blanks = 0;
  for (const line of lines) {
    const summary = /^Error: (.+)$/.exec(line)?.[1];
    if (summary !== undefined) {
      open = [summary];
      errors.push(open);
      blanks = 0;
    } else if (line === "") {
      blanks += 1;
      // Summary, place and detail stand apart by one empty line each.
      if (blanks > 3) open = undefined;
    } else if (open && !/^(with |on .* line \d+|\d+:)/.test(line)) open.push(line);
  }
  return [...new Set(errors.map((error) => error.join(" ").slice(0, 600)))];
}
