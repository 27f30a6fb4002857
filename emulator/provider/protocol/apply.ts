import type { Resource } from "./provider.ts";
import { toState } from "./state.ts";
import type { ObjectValue } from "./value.ts";

/** A change that Terraform has decided on. */
export interface Change {
  /** The resource as it is; null when it is to be created. */
  readonly prior: ObjectValue | null;
  /** The resource as it shall be; null when it is to be deleted. */
  readonly planned: ObjectValue | null;
  readonly config: ObjectValue;
}

/** How a change ended. */
export interface Applied {
  /** What Terraform stores, whether the change failed or not; null for nothing. */
  readonly stored: ObjectValue | null;
  /** What was thrown, when it failed. */
  readonly failure?: unknown;
}

/**
 * Carries out a change. What is stored when it fails is what Terraform's SDK stores, on which
 * Auth0's provider is built: a creation that got as far as an id is kept (and marked as tainted by
 * Terraform), and a failed update leaves what was planned. So a rotation that the tenant refused
 * does not show in the next plan, neither here nor with the real provider.
 */
export async function applyChange<Api>(
  kind: Resource<Api>,
  api: Api,
  { prior, planned, config }: Change,
): Promise<Applied> {
  let stored = prior;
  try {
    if (!planned) {
      if (prior) await kind.delete(api, prior);
      return { stored: null };
    }
    if (prior) {
      stored = toState(kind.schema, planned);
      const state = await kind.update(api, { prior, planned, config });
      return { stored: toState(kind.schema, state) };
    }
    const created = (id: string) => {
      stored = toState(kind.schema, { ...planned, id });
    };
    const state = await kind.create(api, { planned, config, created });
    return { stored: toState(kind.schema, state) };
  } catch (failure) {
    return { stored, failure };
  }
}
