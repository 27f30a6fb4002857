import { otpGrant } from "../management/clients.ts";

/** `/.well-known/openid-configuration`: what this tenant has of OpenID Connect. */
export function discovery(url: string): Record<string, unknown> {
  return {
    issuer: `${url}/`,
    token_endpoint: `${url}/oauth/token`,
    jwks_uri: `${url}/.well-known/jwks.json`,
    // Required by the standard; nothing answers there, for nobody logs in by a browser here.
    authorization_endpoint: `${url}/authorize`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    grant_types_supported: ["client_credentials", otpGrant],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "none"],
    scopes_supported: ["openid", "profile", "email", "phone"],
    claims_supported: ["sub", "name", "email", "email_verified", "phone_number"],
  };
}
