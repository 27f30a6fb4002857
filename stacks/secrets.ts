/**
 * Values of secrets by name; `undefined` for those that this machine does not have. Both `NAME` and
 * `TF_VAR_NAME` are looked at: Terraform reads the latter, and cdktf hides it from synthesis.
 */
export function secretValues(
  names: readonly string[],
  environment: NodeJS.ProcessEnv,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    names.map((name) => {
      const value = environment[`TF_VAR_${name}`] ?? environment[name];
      return [name, value === "" ? undefined : value];
    }),
  );
}

/** The variables that hand secrets to synthesis and to Terraform; those without a value are left out. */
export function secretVariables(
  values: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined
        ? []
        : [
            [name, value],
            [`TF_VAR_${name}`, value],
          ],
    ),
  );
}

/** The names of those that have no value, sorted. */
export function missingSecrets(values: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(values)
    .filter((name) => values[name] === undefined)
    .sort();
}
