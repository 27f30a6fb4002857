import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from "jose";
import type { JWK, JWTPayload } from "jose";
import { letters } from "./identifiers.ts";

/** Seconds that a token lives: a day, as Auth0's do. */
export const tokenLifetime = 86_400;

/** Signs and checks the tenant's RS256 tokens. */
export interface Tokens {
  /** The public key, as `jwks.json` shows it. */
  readonly jwk: JWK;
  /** A JWT with `iss`, `iat` and `exp` beside the claims. */
  sign(claims: JWTPayload): Promise<string>;
  /** The claims of a token that this tenant made for an audience, or undefined. */
  verify(token: string, audience: string): Promise<JWTPayload | undefined>;
}

/**
 * A new key pair and what it can do.
 *
 * @param issuer - e.g. `https://localhost:8443/`
 * @param clock - milliseconds since 1970
 */
export async function makeTokens(issuer: () => string, clock: () => number): Promise<Tokens> {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const kid = letters(21);
  const jwk = { ...(await exportJWK(publicKey)), kid, use: "sig", alg: "RS256" };
  return {
    jwk,
    sign: (claims) => {
      const now = Math.floor(clock() / 1000);
      return new SignJWT(claims)
        .setProtectedHeader({ alg: "RS256", typ: "JWT", kid })
        .setIssuer(issuer())
        .setIssuedAt(now)
        .setExpirationTime(now + tokenLifetime)
        .sign(privateKey);
    },
    verify: async (token, audience) => {
      const checks = { issuer: issuer(), audience, currentDate: new Date(clock()) };
      const verified = await jwtVerify(token, publicKey, checks).catch(() => undefined);
      return verified?.payload;
    },
  };
}
