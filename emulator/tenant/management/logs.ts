import { ManagementRefusal } from "../api-error.ts";
import { pageOf, param } from "../route.ts";
import type { Answer, Call, Route } from "../route.ts";
import type { LogEntry } from "../delivery/log.ts";
import type { TenantContext } from "../context.ts";

/**
 * `logs`, newest first. Of Lucene's query language `q` understands `field:value` and
 * `field:"some words"` joined by `AND`, and `*` at the end of a value.
 */
export function logRoutes(tenant: TenantContext): readonly Route[] {
  const list = (call: Call): Answer => {
    const matches = queryOf(call.query["q"] ?? "");
    const found = tenant.log.entries.filter(matches).toReversed();
    const { items, page, perPage } = pageOf(found, call.query);
    if (call.query["include_totals"] !== "true") return { status: 200, body: items };
    const totals = { start: page * perPage, limit: perPage, total: found.length };
    return { status: 200, body: { logs: items, ...totals } };
  };

  const one = (call: Call): Answer => {
    const entry = tenant.log.entries.find(({ log_id }) => log_id === param(call, "id"));
    if (entry) return { status: 200, body: entry };
    throw new ManagementRefusal(404, "The log event does not exist.");
  };

  return [
    { method: "GET", path: "/logs", scope: "read:logs", answer: list },
    { method: "GET", path: "/logs/:id", scope: "read:logs", answer: one },
  ];
}

function queryOf(text: string): (entry: LogEntry) => boolean {
  const clauses = text.split(/\s+AND\s+/).filter((clause) => clause.trim() !== "");
  const tests = clauses.map((clause) => {
    const [, field, value] = /^\s*\(?([\w.]+):"?(.*?)"?\)?\s*$/.exec(clause) ?? [];
    if (field === undefined || value === undefined)
      throw new ManagementRefusal(400, "Expected q to be field:value clauses joined by AND.");
    return (entry: LogEntry): boolean => {
      const actual: unknown = Object.entries(entry).find(([name]) => name === field)?.[1];
      const words = typeof actual === "string" ? actual : JSON.stringify(actual ?? "");
      return value.endsWith("*") ? words.startsWith(value.slice(0, -1)) : words === value;
    };
  });
  return (entry) => tests.every((test) => test(entry));
}
