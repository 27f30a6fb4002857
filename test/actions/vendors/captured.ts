import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { HttpRequest } from "../../../actions/vendors/vendor.ts";

interface Capture {
  readonly case: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  readonly wire: { readonly bodyKind: string; readonly runtimeHeaders?: readonly string[] };
}

interface Captures {
  readonly credentials: Readonly<Record<string, string>>;
  readonly cases: readonly Capture[];
}

/** What the official SDK of a vendor sent, e.g. `captured("phone/twilio")`. */
export function captured(vendor: string): Captures {
  const url = new URL(`../../fixtures/vendors/${vendor}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8")) as Captures;
}

/** Headers that say something about the SDK or the runtime, not about the message. */
const meaningless = /^(accept(-.*)?|user-agent|connection|content-length|host|x-.*client.*)$/;

/** Every leaf of a value by its dotted path. */
function leaves(value: unknown, path: string): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}

function bodyOf(request: HttpRequest): unknown {
  const type = request.headers["content-type"] ?? "";
  if (type.includes("json")) return JSON.parse(request.body) as unknown;
  if (type.includes("x-www-form-urlencoded"))
    return Object.fromEntries(new URLSearchParams(request.body));
  return request.body;
}

function compared(
  request: Omit<HttpRequest, "body"> & { readonly body: unknown },
  ignored: readonly string[],
): Map<string, unknown> {
  const headers = Object.fromEntries(
    Object.entries(request.headers)
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => !meaningless.test(name) && !ignored.includes(name)),
  );
  // A charset parameter says nothing: JSON and forms are UTF-8.
  const type = headers["content-type"]?.replace(/; ?charset=.*$/i, "");
  return new Map([
    ["method", request.method],
    ["url", request.url],
    ...leaves({ ...headers, ...(type !== undefined && { "content-type": type }) }, "headers"),
    ...leaves(request.body, "body"),
  ]);
}

export interface ComparedCase {
  /** Our request for the same input. */
  readonly request: (capture: Capture) => HttpRequest | Promise<HttpRequest>;
  /** Paths that differ on purpose (`body.Tag`, `headers.x`, `url`), each with its reason. */
  readonly differences?: Readonly<Record<string, string>>;
}

/**
 * One test for each captured case: our request equals the SDK's but for the listed differences,
 * and each listed difference is really there. A case of the capture that is not in the table fails,
 * unless `omitted` gives the reason why the vendor file has no counterpart.
 *
 * @param parse - reads our body where it is neither JSON nor a form (multipart, XML)
 */
export function equalsSdk(
  vendor: string,
  cases: Readonly<Record<string, ComparedCase>>,
  options: {
    readonly omitted?: Readonly<Record<string, string>>;
    readonly parse?: (body: string, headers: Readonly<Record<string, string>>) => unknown;
  } = {},
): void {
  const { omitted = {}, parse } = options;
  const capture = captured(vendor);
  describe(`${vendor} sends what the official SDK sends`, () => {
    it("has a counterpart or a reason for every captured case", () => {
      const names = capture.cases.map(({ case: name }) => name).sort();
      expect([...Object.keys(cases), ...Object.keys(omitted)].sort()).toEqual(names);
    });
    it.each(Object.entries(cases))("in case %s", async (name, { request, differences = {} }) => {
      const theirs = capture.cases.find((one) => one.case === name);
      if (!theirs) throw new Error(`expected a captured case named ${name}`);
      const sent = await request(theirs);
      const body = parse ? parse(sent.body, sent.headers) : bodyOf(sent);
      const ignored = theirs.wire.runtimeHeaders ?? [];
      const ours = compared({ ...sent, body }, ignored);
      const expected = compared(theirs.request as HttpRequest & { body: unknown }, ignored);
      const differing = [...new Set([...ours.keys(), ...expected.keys()])].filter(
        (path) => ours.get(path) !== expected.get(path),
      );
      const shown = (paths: readonly string[]) =>
        paths.map((path) => ({ path, ours: ours.get(path), sdk: expected.get(path) }));
      const unlisted = differing.filter((path) => !(path in differences));
      expect(shown(unlisted), "differences from the SDK that no reason is given for").toEqual([]);
      const stale = Object.keys(differences).filter((path) => !differing.includes(path));
      expect(stale, "listed differences that are not there").toEqual([]);
    });
  });
}
