import type { Block } from "./schema.ts";
import type { ObjectValue } from "./value.ts";

/** What is known when a resource is created. */
export interface Creation {
  /** The plan; what is unknown in it is for the tenant to say. */
  readonly planned: ObjectValue;
  /** The configuration, the only place where write-only values are. */
  readonly config: ObjectValue;
  /**
   * Says that the resource exists, and under which id. When a later step fails, Terraform then
   * keeps it, marked as tainted, instead of losing it.
   */
  readonly created: (id: string) => void;
}

/** What is known when a resource is updated in place. */
export interface Update {
  readonly prior: ObjectValue;
  readonly planned: ObjectValue;
  readonly config: ObjectValue;
}

/** A kind of resource, and how an API of type `Api` carries out what Terraform decided. */
export interface Resource<Api> {
  readonly schema: Block;
  /** Creates it and gives its state, its `id` included. */
  create(api: Api, creation: Creation): Promise<ObjectValue>;
  /** What the tenant says now, on top of the given state; undefined when it is gone. */
  read(api: Api, state: ObjectValue): Promise<ObjectValue | undefined>;
  /** Updates it and gives its state. When it throws, Terraform stores what was planned. */
  update(api: Api, update: Update): Promise<ObjectValue>;
  /** Deletes it; one that is already gone is no error. */
  delete(api: Api, state: ObjectValue): Promise<void>;
}

/** All that the protocol layer has to know of a provider. */
export interface ProviderDefinition<Api> {
  readonly schema: Block;
  readonly resources: ReadonlyMap<string, Resource<Api>>;
  /**
   * Checks the provider's block and connects.
   *
   * @param interrupted - aborted when Terraform was interrupted
   */
  configure(config: ObjectValue, interrupted: () => AbortSignal): Promise<Api> | Api;
}
