import { checkEnvironment } from "../../config/load.ts";
import type { Environment } from "../../config/environment.ts";
import { UserError } from "../../config/user-error.ts";

type Json = Record<string, unknown>;

/** An environment without a mistake. */
export const good = {
  name: "test",
  domain: "example.eu.auth0.com",
  backend: { type: "local" },
  email: {
    from: { address: "login@example.com" },
    vendors: [{ vendor: "postmark", serverToken: { secret: "POSTMARK_TOKEN" } }],
  },
  phone: {
    from: "+15005550006",
    vendors: [
      {
        vendor: "twilio",
        accountSid: `AC${"0".repeat(32)}`,
        authToken: { secret: "TWILIO_AUTH_TOKEN" },
      },
    ],
  },
};

/** The good environment with members replaced, by their dotted paths; `undefined` removes one. */
export function changed(changes: Readonly<Record<string, unknown>>): Json {
  const copy = structuredClone(good) as Json;
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    let inner: Json = copy;
    for (const key of keys) inner = (inner[key] ??= {}) as Json;
    if (value === undefined) Reflect.deleteProperty(inner, last);
    else inner[last] = value;
  }
  return copy;
}

/** The checked environment with these changes. */
export const environmentWith = (changes: Readonly<Record<string, unknown>>): Environment =>
  checkEnvironment(changed(changes), "test.ts");

/** The problems of the environment with these changes, a line each, without the file's name. */
export function problemsWith(changes: Readonly<Record<string, unknown>>): string[] {
  try {
    environmentWith(changes);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.message.split("\n").map((line) => line.replace(/^test\.ts: /, ""));
  }
}
