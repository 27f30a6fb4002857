import { expect, it } from "vitest";
import { fromDynamic, toDynamic, unknown } from "../../../../emulator/provider/protocol/value.ts";

it.each([
  ["null", null],
  ["texts and numbers", { name: "é", size: 2_147_483_647, share: 0.5, on: false }],
  ["nested lists", [{ actions: [{ id: "1" }, { id: "2" }] }]],
])("carries %s there and back", (_what, value) => {
  expect(fromDynamic(toDynamic(value))).toEqual(value);
});

it("carries an unknown there and back", () => {
  expect(fromDynamic(toDynamic({ id: unknown }))).toEqual({ id: unknown });
});

it("writes an unknown as Terraform does: extension 0", () => {
  expect([...toDynamic(unknown).msgpack]).toEqual([0xd4, 0, 0]);
});

it("reads an unknown of which Terraform knows something: extension 12", () => {
  // An extension of one byte and type 12: an empty map of what is known.
  expect(fromDynamic({ msgpack: new Uint8Array([0xd4, 12, 0x80]) })).toBe(unknown);
});

it("reads JSON where no MessagePack was sent", () => {
  const json = Buffer.from('{"domain":"localhost"}');
  expect(fromDynamic({ msgpack: new Uint8Array(), json })).toEqual({ domain: "localhost" });
});

it("reads a field that was not sent as null", () => {
  expect(fromDynamic(null)).toBeNull();
});
