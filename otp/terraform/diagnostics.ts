import { stripVTControlCharacters as plain } from "node:util";
import { z } from "zod";
import { visible } from "../text/escape-invisible.ts";

/** One error of Terraform, in its own words. */
export interface TerraformDiagnostic {
  readonly summary: string;
  readonly detail: string;
  /** The resource it is about. */
  readonly address?: string | undefined;
}

/** A line that Terraform prints for `-json`, as far as it is needed. */
const messageSchema = z.object({
  type: z.literal("diagnostic"),
  diagnostic: z.object({
    severity: z.string(),
    summary: z.string(),
    detail: z.string().default(""),
    address: z.string().optional(),
  }),
});

/** The errors among the messages that Terraform printed for `-json`, each once. */
export function diagnosticsIn(output: string): TerraformDiagnostic[] {
  const found = output.split("\n").flatMap((line) => {
    if (!line.startsWith("{")) return [];
    try {
      const { diagnostic } = messageSchema.parse(JSON.parse(line));
      const { severity, summary, detail, address } = diagnostic;
      return severity === "error" ? [{ summary, detail, address }] : [];
    } catch {
      // Progress, or a line that was cut off when Terraform was ended.
      return [];
    }
  });
  const key = ({ summary, detail, address }: TerraformDiagnostic) =>
    JSON.stringify([summary, detail, address]);
  return [...new Map(found.map((one) => [key(one), one])).values()];
}

/** An error on one line: its resource, its summary and its detail, every word of them. */
export function lineOfDiagnostic({ summary, detail, address }: TerraformDiagnostic): string {
  const words = detail === "" || detail === summary ? summary : `${summary}: ${detail}`;
  const line = address === undefined ? words : `${address}: ${words}`;
  return visible(plain(line).replaceAll(/\s*\r?\n\s*/g, " "));
}

/**
 * The errors in what Terraform or cdktf printed for people, one line each: commands without `-json`
 * know no other form. Only the frame around them is left out.
 *
 * @returns an empty list if it printed none
 */
export function errorsIn(output: string): string[] {
  const lines = plain(output)
    .split(/\r?\n/)
    .map((line) => line.replace(/^[^│╷╵]*[│╷╵] ?/u, "").trim());
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
  return [...new Set(errors.map((error) => visible(error.join(" "))))];
}
