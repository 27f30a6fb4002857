import { createHash, createHmac } from "node:crypto";

type Bytes = ArrayBuffer | ArrayBufferView;

function buffer(bytes: Bytes): Buffer {
  return ArrayBuffer.isView(bytes)
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : Buffer.from(bytes);
}

function exactly(bytes: Buffer): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}

const hashName = (algorithm: string | { readonly name: string }) =>
  (typeof algorithm === "string" ? algorithm : algorithm.name).replace("-", "").toLowerCase();

interface Key {
  readonly secret: Buffer;
  readonly hash: string;
}

/**
 * The part of WebCrypto that signatures of vendors need (HMAC and digests). The real one works on
 * threads and answers when they are done, which no virtual clock knows of.
 */
export const subtle = {
  digest: (algorithm: string, data: Bytes): Promise<ArrayBuffer> =>
    Promise.resolve(exactly(createHash(hashName(algorithm)).update(buffer(data)).digest())),

  importKey: (
    _format: "raw",
    secret: Bytes,
    algorithm: { readonly hash: string | { readonly name: string } },
  ): Promise<Key> =>
    Promise.resolve({ secret: Buffer.from(buffer(secret)), hash: hashName(algorithm.hash) }),

  sign: (_algorithm: "HMAC", { secret, hash }: Key, data: Bytes): Promise<ArrayBuffer> =>
    Promise.resolve(exactly(createHmac(hash, secret).update(buffer(data)).digest())),
};
