import { fields, text } from "./expected.ts";
import { isReserved, secretNamePattern } from "./secret-names.ts";

const reserved = "a name that neither Terraform, Auth0's provider nor this machine has a use for";

/** What `secret("NAME")` gives. */
export const secretReference = fields(
  {
    secret: text("capital letters, digits and _", secretNamePattern).superRefine(
      (name, context) => {
        if (secretNamePattern.test(name) && isReserved(name))
          context.addIssue({ code: "custom", message: reserved });
      },
    ),
  },
  'secret("NAME")',
);
