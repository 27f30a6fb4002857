import type { Message } from "./messages.ts";

/**
 * Tells whether a text holds what must not be written down: a code or a recipient of any of the
 * messages (a number with its plus sign or without), or a secret.
 */
export function leakFinder(
  messages: readonly Message[],
  secrets: Readonly<Record<string, string>>,
): (text: string) => boolean {
  const codes = new Set(messages.map(({ code }) => code));
  const recipients = new Set(messages.map(({ recipient }) => recipient.replace(/^\+|@.*$/g, "")));
  const values = Object.values(secrets);
  return (text) => {
    for (const [word] of text.matchAll(/otp-\d{7}|\d{6,15}/g))
      if (codes.has(word) || recipients.has(word)) return true;
    return values.some((value) => text.includes(value));
  };
}
