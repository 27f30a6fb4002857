import type { Environment } from "../../config/environment.ts";
import { UserError } from "../../config/user-error.ts";
import { variablesRead } from "../../config/variables-read.ts";

/**
 * Refuses a protected environment whose tenant is named by a variable of the machine: whoever sets
 * that variable would get the tenant's credentials.
 *
 * @throws UserError naming the variable
 */
export function refuseDomainFromVariable({ name, domain, protect }: Environment): void {
  if (!protect) return;
  const from = [...variablesRead()].find(([, value]) => value.includes(domain));
  if (from === undefined) return;
  throw new UserError({
    expected: `the domain of ${name} in its file`,
    got: `${domain} from the variable ${from[0]}, which decides who gets the tenant's credentials`,
    todo: "write the domain into the file; a variable may name it only if the environment has protect: false",
  });
}
