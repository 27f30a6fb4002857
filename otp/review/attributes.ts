import type { ValueChange } from "./plan.ts";
import { deepest } from "./sensitive.ts";

/** One attribute, old to new, in words that may be shown once secrets are scrubbed. */
export interface Attribute {
  /** Such as `configuration[0].default_from`. */
  readonly path: string;
  /** Undefined where there was none. */
  readonly before?: string;
  /** Undefined where there will be none. */
  readonly after?: string;
}

interface Side {
  readonly value: unknown;
  /** Terraform's mark of sensitivity: true, or an object or list of such marks. */
  readonly sensitive: unknown;
  /** Terraform's mark of what is known after apply. */
  readonly unknown?: unknown;
}

const words = {
  sensitive: "(sensitive)",
  changed: "(sensitive, changed)",
  unknown: "(known after apply)",
  deep: "(nested too deep to show)",
};

const isContainer = (value: unknown): value is object =>
  typeof value === "object" && value !== null;

function inner(value: unknown, key: string): unknown {
  return isContainer(value) && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/** A mark covers what is inside. */
const innerMark = (mark: unknown, key: string) => (mark === true ? true : inner(mark, key));

const enter = ({ value, sensitive, unknown }: Side, key: string): Side => ({
  value: inner(value, key),
  sensitive: innerMark(sensitive, key),
  unknown: innerMark(unknown, key),
});

/** Keys of both sides; unknown ones stand in the marks alone. */
function keys(...containers: readonly unknown[]): string[] {
  return [...new Set(containers.filter(isContainer).flatMap((one) => Object.keys(one)))];
}

const keyed = (path: string, key: string, isList: boolean) => {
  if (isList) return `${path}[${key}]`;
  const plain = /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
  return path === "" ? plain : `${path}.${plain}`;
};

/** A value with what is sensitive in it masked, however deep it lies. */
function masked(value: unknown, marks: unknown, depth: number): unknown {
  if (marks === true) return value === null ? null : words.sensitive;
  if (!isContainer(value)) return value;
  if (depth >= deepest) return words.deep;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [
    key,
    masked(item, innerMark(marks, key), depth + 1),
  ]);
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

function written({ value, sensitive, unknown }: Side, depth: number): string | undefined {
  if (unknown === true) return words.unknown;
  if (value === undefined || value === null) return undefined;
  if (sensitive === true) return words.sensitive;
  if (isContainer(value) && depth >= deepest) return words.deep;
  return JSON.stringify(masked(value, sensitive, depth));
}

const isScalarList = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && !value.some(isContainer);

/** Elements of a list of plain values that only one side has; positions mean nothing in a set. */
function elements(path: string, before: readonly unknown[], after: readonly unknown[]) {
  const only = (one: readonly unknown[], other: readonly unknown[]) =>
    one.filter((item) => !other.includes(item)).map((item) => JSON.stringify(item));
  const [gone, come] = [only(before, after), only(after, before)];
  if (gone.length + come.length === 0)
    return [{ path, before: JSON.stringify(before), after: JSON.stringify(after) }];
  return [
    ...gone.map((item) => ({ path: `${path}[]`, before: item })),
    ...come.map((item) => ({ path: `${path}[]`, after: item })),
  ];
}

const same = (before: unknown, after: unknown) => JSON.stringify(before) === JSON.stringify(after);

function compare(path: string, before: Side, after: Side, depth: number): Attribute[] {
  const isHidden = before.sensitive === true || after.sensitive === true;
  const isPlain = ({ value }: Side) => value !== undefined && value !== null && !isContainer(value);
  const isLeaf =
    isPlain(before) ||
    isPlain(after) ||
    (!isContainer(before.value) && !isContainer(after.value) && !isContainer(after.unknown));
  if (isHidden || isLeaf || after.unknown === true || depth >= deepest) {
    if (after.unknown !== true && depth < deepest && same(before.value, after.value)) return [];
    const hide = (side: Side) => written({ ...side, sensitive: isHidden || side.sensitive }, depth);
    const [old, now] = [hide(before), hide(after)];
    if (old === undefined && now === undefined) return [];
    const changed = old === words.sensitive && now === words.sensitive ? words.changed : now;
    return [
      {
        path,
        ...(old !== undefined && { before: old }),
        ...(changed !== undefined && { after: changed }),
      },
    ];
  }
  const marked = isContainer(before.sensitive) || isContainer(after.sensitive);
  if (!isContainer(after.unknown) || Object.keys(after.unknown).length === 0) {
    const hasMark = marked && JSON.stringify([before.sensitive, after.sensitive]).includes("true");
    if (!hasMark && isScalarList(before.value) && isScalarList(after.value))
      return same(before.value, after.value) ? [] : elements(path, before.value, after.value);
  }
  const isList = [before.value, after.value, after.unknown].some(Array.isArray);
  return keys(before.value, after.value, after.unknown).flatMap((key) =>
    compare(keyed(path, key, isList), enter(before, key), enter(after, key), depth + 1),
  );
}

/**
 * The attributes that a change touches, old to new, with sensitive values masked.
 *
 * @param except - attributes of the top level that are shown in another way, such as an Action's code
 */
export function attributes(change: ValueChange, except: readonly string[] = []): Attribute[] {
  const before = { value: change.before, sensitive: change.before_sensitive };
  const after = {
    value: change.after,
    sensitive: change.after_sensitive,
    unknown: change.after_unknown,
  };
  if (!isContainer(before.value) && !isContainer(after.value))
    return compare("(value)", before, after, 0);
  return keys(before.value, after.value, after.unknown)
    .filter((key) => !except.includes(key))
    .sort()
    .flatMap((key) => compare(keyed("", key, false), enter(before, key), enter(after, key), 1));
}
