import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import writeFileAtomic from "write-file-atomic";
import type { CertificatePair } from "./issue-certificate.ts";

/**
 * Writes key and certificate as one PEM file, which nginx takes for both (nginx.org, ngx_http_ssl_module, ssl_certificate_key). One file is
 * replaced by one rename: whatever reads it, at whatever moment, sees a pair that belongs together. Only the owner can read it.
 */
export async function writePair(path: string, pair: CertificatePair): Promise<void> {
  await writeFileAtomic(path, `${pair.keyPem.trimEnd()}\n${pair.certificatePem.trimEnd()}\n`, { mode: 0o600 });
}

/** The pair of a file, undefined where there is none. @throws Error for a file without a key and a certificate that belong together */
export async function readPair(path: string): Promise<CertificatePair | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const certificatePem = block(text, "CERTIFICATE");
  const keyPem = block(text, "PRIVATE KEY");
  if (certificatePem === undefined || keyPem === undefined)
    throw new Error(`${path} has no ${keyPem === undefined ? "key" : "certificate"}`);
  if (!new X509Certificate(certificatePem).checkPrivateKey(createPrivateKey(keyPem))) {
    throw new Error(`${path} has a key that is not the certificate's`);
  }
  return { certificatePem, keyPem };
}

/** The first PEM block of that label; undefined where there is none (RFC 7468). */
export function block(text: string, label: string): string | undefined {
  return new RegExp(`-----BEGIN ${label}-----[\\s\\S]*?-----END ${label}-----\n?`).exec(text)?.[0];
}

/** The certificate with the chain that follows it, and the key; each undefined where the file has none. Undefined where there is no file. */
export async function readChain(
  path: string,
): Promise<{ readonly chain: string | undefined; readonly key: string | undefined } | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const chain = certificatesIn(text).join("");
  return { chain: chain === "" ? undefined : chain, key: block(text, "PRIVATE KEY") };
}

/** Every certificate of a PEM text, in its order. */
export function certificatesIn(text: string): readonly string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----\n?/g) ?? [];
}
