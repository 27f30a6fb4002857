import type { Value } from "./value.ts";

/** A type in Terraform's JSON notation. */
export type AttributeType =
  "string" | "number" | "bool" | readonly ["list" | "set" | "map", AttributeType];

/** One attribute; the flags mean what they mean in `terraform providers schema`. */
export interface Attribute {
  readonly type: AttributeType;
  readonly required?: true;
  readonly optional?: true;
  readonly computed?: true;
  readonly sensitive?: true;
  readonly writeOnly?: true;
  /** Planned where the configuration says nothing. Terraform does not see it in the schema. */
  readonly default?: Value;
  /** A changed value cannot be updated in place: the resource is replaced. */
  readonly replaces?: true;
}

/** A block inside another one. */
export interface NestedBlock {
  readonly nesting: "single" | "list" | "set";
  readonly min?: number;
  readonly max?: number;
  /** What the tenant says stays where the configuration has no such block. */
  readonly computed?: true;
  readonly block: Block;
}

/** The shape of a resource, of the provider's configuration, or of a nested block. */
export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks?: Readonly<Record<string, NestedBlock>>;
}

const nestings = { single: 1, list: 2, set: 3 } as const;

function blockMessage(block: Block): object {
  return {
    version: 0,
    attributes: Object.entries(block.attributes).map(([name, attribute]) => ({
      name,
      type: Buffer.from(JSON.stringify(attribute.type)),
      required: attribute.required ?? false,
      optional: attribute.optional ?? false,
      computed: attribute.computed ?? false,
      sensitive: attribute.sensitive ?? false,
      write_only: attribute.writeOnly ?? false,
    })),
    block_types: Object.entries(block.blocks ?? {}).map(([name, nested]) => ({
      type_name: name,
      block: blockMessage(nested.block),
      nesting: nestings[nested.nesting],
      min_items: nested.min ?? 0,
      max_items: nested.max ?? 0,
    })),
  };
}

/** The schema as the protocol's message; Auth0's provider has left every version at this one. */
export function schemaMessage(block: Block, version = 0): object {
  return { version, block: blockMessage(block) };
}
