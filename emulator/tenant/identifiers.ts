import { randomBytes, randomInt } from "node:crypto";

const alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Random letters and digits, as Auth0's ids are made of. */
export function letters(length: number): string {
  return Array.from({ length }, () => alphanumeric[randomInt(alphanumeric.length)]).join("");
}

/** Random hexadecimal digits, as Auth0's user ids are made of. */
export function hex(length: number): string {
  return randomBytes(Math.ceil(length / 2))
    .toString("hex")
    .slice(0, length);
}
