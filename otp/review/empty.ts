/**
 * Whether a value says that nothing is set. The provider's older SDK writes `""`, `[]`, `{}`, false
 * and 0 for what Auth0 does not have.
 */
export function isUnset(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === 0)
    return true;
  return typeof value === "object" && Object.values(value).every(isUnset);
}

/** The same for a value that is written as JSON; undefined stands for none. */
export function isUnsetText(json: string | undefined): boolean {
  return json === undefined || /^(null|""|\[\]|\{\}|false|0)$/.test(json);
}
