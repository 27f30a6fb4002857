import { createHmac } from "node:crypto";
import type { Secrets } from "./config.ts";

/**
 * The idempotency key of a message: 32 hexadecimal digits that are the same in every attempt and
 * execution and reveal nothing. The HMAC's key comes from the Action's secrets, so that nobody else
 * can find a recipient or a code by trying.
 */
export function idempotencyKey(secrets: Secrets, parts: readonly string[]): string {
  return createHmac("sha256", JSON.stringify(Object.entries(secrets).sort()))
    .update(JSON.stringify(parts))
    .digest("hex")
    .slice(0, 32);
}
