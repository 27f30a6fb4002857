import { ManagementRefusal } from "./api-error.ts";
import type { Tokens } from "./tokens.ts";

/**
 * Lets a request of the Management API pass when its bearer token is this tenant's and carries
 * the scope.
 *
 * @throws ManagementRefusal 401, or 403 `insufficient_scope`
 */
export async function authorize(
  tokens: Tokens,
  authorization: string | undefined,
  audience: string,
  scope: string,
): Promise<void> {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
  if (token === undefined) throw new ManagementRefusal(401, "Missing authentication");
  const claims = await tokens.verify(token, audience);
  if (!claims) throw new ManagementRefusal(401, "Invalid token");
  const scopes = typeof claims["scope"] === "string" ? claims["scope"].split(" ") : [];
  if (!scopes.includes(scope))
    throw new ManagementRefusal(
      403,
      `Insufficient scope, expected any of: ${scope}`,
      "insufficient_scope",
    );
}
