import { randomUUID } from "node:crypto";
import { generate } from "selfsigned";

/** A key and its certificate, both PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const lifetimeMs = 30 * 24 * 60 * 60 * 1000;
// Clocks of containers and virtual machines lag behind their host's.
const toleranceMs = 60 * 60 * 1000;

/**
 * A new self-signed certificate for `localhost`, 127.0.0.1 and ::1, valid for 30 days. Made at
 * every start and kept in memory, so that no key is ever written down.
 */
export async function makeCertificate(): Promise<Certificate> {
  const now = Date.now();
  // OpenSSL finds a trusted certificate by its subject and takes the first that fits: with one name
  // for all, a client could trust the tenant or the inbox but never both.
  const subject = `localhost ${randomUUID()}`;
  const made = await generate([{ name: "commonName", value: subject }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    notBeforeDate: new Date(now - toleranceMs),
    notAfterDate: new Date(now + lifetimeMs),
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
          { type: 7, ip: "::1" },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
