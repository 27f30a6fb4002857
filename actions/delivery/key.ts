import { createHmac } from "node:crypto";

/**
 * The idempotency key of a message: 32 hexadecimal digits that are the same in every attempt and
 * execution and reveal nothing. The HMAC's key comes from the Action's secrets, so that nobody else
 * can find a recipient or a code by trying.
 */
export function idempotencyKey(
  secrets: Readonly<Record<string, string>>,
  parts: readonly string[],
): string {
  const own = Object.keys(secrets)
    .sort()
    .map((name) => [name, secrets[name]]);
  return createHmac("sha256", JSON.stringify(own))
    .update(JSON.stringify(parts))
    .digest("hex")
    .slice(0, 32);
}
