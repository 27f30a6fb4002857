import { z } from "zod";
import { ManagementRefusal } from "../api-error.ts";
import type { StoredSecret } from "./action.ts";

/** Auth0's limits of one Action. */
const limits = { codeBytes: 100_000, secrets: 30, secretName: 128, secretValue: 4096 } as const;

const secret = z.strictObject({
  name: z.string().min(1).max(limits.secretName),
  value: z.string().max(limits.secretValue).optional(),
});

const draft = {
  name: z.string().min(1),
  supported_triggers: z
    .array(z.looseObject({ id: z.string(), version: z.string().optional() }))
    .length(1),
  code: z
    .string()
    .refine((code) => Buffer.byteLength(code) <= limits.codeBytes, {
      error: `code must not be larger than ${limits.codeBytes} bytes`,
    })
    .optional(),
  dependencies: z.array(z.looseObject({ name: z.string(), version: z.string() })).optional(),
  runtime: z.enum(["node12", "node16", "node18", "node18-actions", "node22"]).optional(),
  secrets: z.array(secret).max(limits.secrets).optional(),
};

export const createBody = z.strictObject(draft);
export const updateBody = z.strictObject({
  ...draft,
  name: draft.name.optional(),
  supported_triggers: draft.supported_triggers.optional(),
});

/**
 * The secrets after a request that names them: it replaces all. One that comes without a value
 * keeps the one it had, and those that stay keep their place (recorded).
 */
export function replaceSecrets(
  kept: readonly StoredSecret[],
  given: readonly z.infer<typeof secret>[],
  now: string,
): StoredSecret[] {
  const replaced = given.map(({ name, value }): StoredSecret => {
    if (value !== undefined) return { name, value, updated_at: now };
    const before = kept.find((other) => other.name === name);
    if (before) return before;
    throw new ManagementRefusal(400, `The secret ${name} has no value.`, "invalid_body");
  });
  const place = ({ name }: StoredSecret): number => {
    const index = kept.findIndex((other) => other.name === name);
    return index < 0 ? kept.length : index;
  };
  return replaced.sort((a, b) => place(a) - place(b));
}
