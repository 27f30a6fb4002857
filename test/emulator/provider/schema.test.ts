import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { resources } from "../../../emulator/provider/index.ts";
import { providerBlock } from "../../../emulator/provider/management/settings.ts";
import type { Attribute, Block, NestedBlock } from "../../../emulator/provider/protocol/schema.ts";
import { shared, withoutShared } from "../../shared.ts";

interface RealBlock {
  readonly attributes?: Readonly<Record<string, object>>;
  readonly block_types?: Readonly<Record<string, RealNested>>;
}

interface RealNested {
  readonly nesting_mode: string;
  readonly min_items?: number;
  readonly max_items?: number;
  readonly block?: RealBlock;
}

interface RealSchema {
  readonly provider: RealBlock;
  readonly resources: Readonly<Record<string, RealBlock>>;
}

/** An attribute as `terraform providers schema -json` writes it. */
function attributeFlags(attribute: Attribute): object {
  const { type, required, optional, computed, sensitive, writeOnly } = attribute;
  return JSON.parse(
    JSON.stringify({ type, required, optional, computed, sensitive, write_only: writeOnly }),
  ) as object;
}

function nestedFlags({ nesting, min, max }: NestedBlock): object {
  return JSON.parse(
    JSON.stringify({ nesting_mode: nesting, min_items: min, max_items: max }),
  ) as object;
}

/** Everything of ours, by path, with what the real provider says at that path. */
function compare(ours: Block, real: RealBlock | undefined, at: string): [string, object, object][] {
  const attributes = Object.entries(ours.attributes).map(
    ([name, attribute]): [string, object, object] => [
      `${at}.${name}`,
      attributeFlags(attribute),
      real?.attributes?.[name] ?? {},
    ],
  );
  const blocks = Object.entries(ours.blocks ?? {}).flatMap(([name, nested]) => {
    const { block, ...flags } = real?.block_types?.[name] ?? { nesting_mode: "none" };
    const own: [string, object, object] = [`${at}.${name}`, nestedFlags(nested), flags];
    return [own, ...compare(nested.block, block, `${at}.${name}`)];
  });
  return [...attributes, ...blocks];
}

const path = shared("provider/schema.json");

if (path === undefined) {
  it.skip(withoutShared("provider/schema.json"));
} else {
  describe("the schema is a part of the real provider's", () => {
    const real = JSON.parse(readFileSync(path, "utf8")) as RealSchema;
    const parts = [
      ...compare(providerBlock, real.provider, "provider"),
      ...[...resources].flatMap(([name, { schema }]) =>
        compare(schema, real.resources[name], name),
      ),
    ];

    it.each(parts)("%s", (_path, ours, theirs) => {
      expect(ours).toEqual(theirs);
    });

    it("has every attribute of the provider's block", () => {
      expect(Object.keys(providerBlock.attributes)).toEqual(
        Object.keys(real.provider.attributes ?? {}),
      );
    });

    // Blocks are part of a set-up's shape: an unknown one would be an error in a user's file.
    it.each(["auth0_trigger_actions", "auth0_email_provider", "auth0_phone_provider"])(
      "has every attribute and block of %s",
      (name) => {
        const ours = resources.get(name)?.schema;
        const theirs = real.resources[name];
        expect(Object.keys(ours?.attributes ?? {}).sort()).toEqual(
          Object.keys(theirs?.attributes ?? {}).sort(),
        );
        expect(Object.keys(ours?.blocks ?? {}).sort()).toEqual(
          Object.keys(theirs?.block_types ?? {}).sort(),
        );
      },
    );
  });
}
