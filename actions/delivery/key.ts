import { createHmac } from "node:crypto";
import type { Secrets } from "./config.ts";

/** Characters (6 bits each) that tell messages and recipients apart in what is remembered. */
const digestLength = 8;

/** Digests of one tenant's messages; the HMAC's key comes from the Action's secrets. */
export interface Digests {
  /** 32 hexadecimal digits, for vendors. */
  key(parts: readonly (string | number)[]): string;
  /** A few characters, for what is remembered. */
  short(parts: readonly (string | number)[], length?: number): string;
}

/**
 * Digests that are the same in every attempt and execution and reveal nothing: nobody who lacks the
 * secrets can find a recipient or a code by trying.
 */
export function digestsOf(secrets: Secrets): Digests {
  const key = JSON.stringify(Object.entries(secrets).sort());
  const digest = (parts: readonly (string | number)[], form: "hex" | "base64url") =>
    createHmac("sha256", key).update(JSON.stringify(parts)).digest(form);
  return {
    key: (parts) => digest(parts, "hex").slice(0, 32),
    short: (parts, length = digestLength) => digest(parts, "base64url").slice(0, length),
  };
}
