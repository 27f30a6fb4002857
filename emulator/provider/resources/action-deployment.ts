import { setTimeout as wait } from "node:timers/promises";
import { path } from "../management/api.ts";
import type { ManagementApi } from "../management/api.ts";
import { Failure } from "../protocol/failure.ts";
import { asObject, asText } from "../protocol/value.ts";
import type { ObjectValue } from "../protocol/value.ts";

/** How long a build or a deployment may take without `timeouts.create`, in milliseconds. */
const defaultTimeout = 5 * 60_000;

/** Milliseconds between the first two looks; doubles up to the longest. */
const firstPause = 100;
const longestPause = 2_000;

/**
 * Waits until the Action is built, deploys it, and waits until the deployment holds.
 *
 * @param planned - the Action's plan, for its name and `timeouts.create`
 * @returns the deployed version's id
 * @throws Failure when the build fails or either wait is too long
 */
export async function deployAction(
  api: ManagementApi,
  id: string,
  planned: ObjectValue,
): Promise<ObjectValue> {
  const name = asText(planned["name"]) ?? id;
  const limit = duration(asText(asObject(planned["timeouts"])?.["create"]));
  await until(api, id, limit, (found) => {
    const status = asText(found["status"])?.toLowerCase();
    if (status === "built") return undefined;
    if (status !== "failed") return `Action ${name} to be built, got: ${status ?? "no status"}`;
    throw new Failure(
      `Action ${name} failed to build`,
      "Expected the status built, got: failed. The Action's editor in Auth0's dashboard shows why; most often a dependency's version does not exist.",
    );
  });
  const version = await api.post(path`/actions/actions/${id}/deploy`);
  await until(api, id, limit, (found) =>
    asObject(found["deployed_version"])?.["deployed"] === true
      ? undefined
      : `Action ${name} to be deployed, got: not yet`,
  );
  return { version_id: version["id"] ?? null };
}

/** Looks at the Action until nothing is missing any more. */
async function until(
  api: ManagementApi,
  id: string,
  limit: number,
  missing: (found: ObjectValue) => string | undefined,
): Promise<void> {
  const deadline = Date.now() + limit;
  for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
    const problem = missing(await api.get(path`/actions/actions/${id}`));
    if (problem === undefined) return;
    if (Date.now() + pause > deadline) {
      throw new Failure(
        "The tenant took too long",
        `Expected ${problem}, after ${limit / 1000} s. Apply again, or raise timeouts.create.`,
      );
    }
    const signal = api.interrupted();
    await wait(pause, undefined, { signal }).catch((error: unknown) => {
      throw signal.reason instanceof Failure ? signal.reason : error;
    });
  }
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a duration as Terraform writes it, such as `90s` or `1h30m`. */
function duration(text: string | undefined): number {
  if (text === undefined) return defaultTimeout;
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) {
    throw new Failure(
      "timeouts.create is not a duration",
      `Expected a duration such as 90s or 5m, got: ${text}.`,
      "timeouts",
    );
  }
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ""] ?? 0),
    0,
  );
}
