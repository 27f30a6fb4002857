import { z } from "zod";

/** A state as `terraform state pull` prints it, as far as it is needed. */
export const stateSchema = z.looseObject({
  resources: z
    .array(
      z.object({
        mode: z.string(),
        type: z.string(),
        name: z.string(),
        instances: z.array(
          z.object({
            attributes: z
              .object({ id: z.string().nullish(), code: z.string().nullish() })
              .optional()
              .transform((one) => ({ id: one?.id ?? undefined, code: one?.code ?? undefined })),
          }),
        ),
      }),
    )
    .default([]),
});
