import type { z } from "zod";
import { ManagementRefusal } from "./api-error.ts";

/** A request as the routes of the Management API see it. */
export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A query as the routes see it: what is given more than once is joined by commas. */
export function plainQuery(query: unknown): Record<string, string> {
  const entries = Object.entries(query as Record<string, string | string[]>);
  return Object.fromEntries(entries.map(([name, value]) => [name, [value].flat().join(",")]));
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** One operation of the Management API; `path` is relative to `/api/v2`. */
export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  readonly path: string;
  /** The scope that a token must carry. */
  readonly scope: string;
  readonly answer: (call: Call) => Answer | Promise<Answer>;
}

/**
 * The body of a request, checked.
 *
 * @throws ManagementRefusal 400 `invalid_body`, which names fields but never their values
 */
export function bodyOf<S extends z.ZodType>(schema: S, call: Call): z.infer<S> {
  const parsed = schema.safeParse(call.body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.length ? ` on property ${issue.path.map(String).join(".")}` : "";
  throw new ManagementRefusal(
    400,
    `Payload validation error: '${issue?.message ?? "invalid"}'${where}.`,
    "invalid_body",
  );
}

/** A parameter of the path, which the router has found there. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? "";
}

/** One page of a list; the first page is 0 and holds 50 entries by default. */
export function pageOf<T>(
  all: readonly T[],
  query: Call["query"],
): { items: readonly T[]; page: number; perPage: number } {
  const page = whole(query["page"], 0, "page");
  const perPage = whole(query["per_page"], 50, "per_page");
  return { items: all.slice(page * perPage, (page + 1) * perPage), page, perPage };
}

function whole(text: string | undefined, otherwise: number, name: string): number {
  if (text === undefined) return otherwise;
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new ManagementRefusal(
    400,
    `Query validation error: 'Expected type integer' on property ${name}.`,
    "invalid_query_string",
  );
}

/** Keeps or leaves out fields of an answer as `fields` and `include_fields` ask. */
export function selectFields<T extends object>(
  entity: T,
  query: Call["query"],
  always: readonly string[] = [],
): Partial<T> {
  const fields = query["fields"]?.split(",");
  if (!fields) return entity;
  const include = query["include_fields"] !== "false";
  return Object.fromEntries(
    Object.entries(entity).filter(
      ([name]) => always.includes(name) || fields.includes(name) === include,
    ),
  ) as Partial<T>;
}
