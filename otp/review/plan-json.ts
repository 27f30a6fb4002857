const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Members without those that are null: Terraform leaves a member out or writes null for the same. */
const present = (value: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));

/** Values are kept as they are: in them, null says that nothing is there. */
const values = ["before", "after"];

function change(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([key, member]) => member !== null || values.includes(key)),
  );
}

function resource(value: unknown): unknown {
  if (!isObject(value)) return value;
  const members = present(value);
  return "change" in members ? { ...members, change: change(members["change"]) } : members;
}

/** A plan's JSON in which a member that is null counts as missing. */
export function withoutNulls(json: unknown): unknown {
  if (!isObject(json)) return json;
  const plan = present(json);
  for (const key of ["resource_changes", "resource_drift"]) {
    const list = plan[key];
    if (Array.isArray(list)) plan[key] = list.map(resource);
  }
  const outputs = plan["output_changes"];
  if (isObject(outputs))
    plan["output_changes"] = Object.fromEntries(
      Object.entries(outputs).map(([name, one]) => [name, change(one)]),
    );
  return plan;
}
