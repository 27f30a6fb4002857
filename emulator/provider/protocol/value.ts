import { decode, encode, ExtensionCodec } from "@msgpack/msgpack";

const mark = Symbol("unknown");

/** A value that Terraform will only know after the apply. */
export interface Unknown {
  readonly [mark]: true;
}

/** The one unknown value; which unknown it is never matters. */
export const unknown: Unknown = Object.freeze({ [mark]: true as const });

/** JSON as the Management API sends and takes it. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A value of Terraform's: JSON in which any part may be unknown. */
export type Value = null | boolean | number | string | Unknown | readonly Value[] | ObjectValue;

/** A resource, or a block in it: values by attribute name. */
export interface ObjectValue {
  readonly [name: string]: Value;
}

/** Terraform writes an unknown as extension 0, or as 12 when something is known of it. */
const unknownExtensions = [0, 12];

const codec = new ExtensionCodec();
for (const type of unknownExtensions) {
  codec.register({
    type,
    encode: (value) => (type === 0 && value === unknown ? new Uint8Array([0]) : null),
    decode: () => unknown,
  });
}

/** What protocol messages carry: a value as MessagePack, or as JSON where that is empty. */
export interface DynamicValue {
  readonly msgpack: Uint8Array;
  readonly json?: Uint8Array;
}

/** A value as Terraform reads it. */
export function toDynamic(value: Value): DynamicValue {
  return { msgpack: encode(value, { extensionCodec: codec }) };
}

/** The value of a message's field; a field that was not sent is null. */
export function fromDynamic(field: DynamicValue | null): Value {
  if (field === null) return null;
  if (field.msgpack.length > 0) {
    return decode(field.msgpack, { extensionCodec: codec }) as Value;
  }
  return fromJson(field.json);
}

/** JSON text as a value; no text is null. */
export function fromJson(bytes: Uint8Array | undefined): Value {
  if (bytes === undefined || bytes.length === 0) return null;
  return JSON.parse(Buffer.from(bytes).toString("utf8")) as Value;
}

/** The value as an object, or null for anything else. */
export function asObject(value: Value | undefined): ObjectValue | null {
  const isObject = typeof value === "object" && !Array.isArray(value) && value !== unknown;
  return isObject ? (value as ObjectValue) : null;
}

/** The value as text, or undefined for null, unknown and other types. */
export function asText(value: Value | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The elements of a list or set; none for null and unknown. */
export function asList(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}

/** The objects among the elements of a list or set of blocks. */
export function asBlocks(value: Value | undefined): readonly ObjectValue[] {
  return asList(value)
    .map(asObject)
    .filter((element) => element !== null);
}
