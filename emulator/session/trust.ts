import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { rootCertificates } from "node:tls";

/** Where Linux distributions keep the certificates that Go programs trust. */
const systemBundles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/**
 * A file with the system's certificates and one more. `SSL_CERT_FILE` replaces what a Go program
 * trusts on Linux, so the system's have to be in it too.
 *
 * @returns its path, in the given folder
 */
export async function certificateBundle(folder: string, certificate: string): Promise<string> {
  const named = process.env["SSL_CERT_FILE"];
  let system: string | undefined;
  for (const file of [...(named === undefined ? [] : [named]), ...systemBundles])
    system ??= await readFile(file, "utf8").catch(() => undefined);
  const path = join(folder, "certificates.pem");
  await writeFile(path, [system ?? rootCertificates.join("\n"), certificate].join("\n"));
  return path;
}
