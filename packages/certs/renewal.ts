import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";

/** When a certificate must be replaced, and why; or when to look again. */
export type RenewalAdvice =
  | { readonly isDue: true; readonly because: string }
  | { readonly isDue: false; readonly dueAt: number };

/**
 * A leaf is due when a third of its life is left, when it lacks a name, when another authority signed it, or when the clock is outside its
 * life. `now` and `dueAt` in milliseconds.
 */
export function adviseRenewal(
  certificatePem: string | undefined,
  authorityPem: string,
  names: readonly string[],
  now: number,
): RenewalAdvice {
  if (certificatePem === undefined) return { isDue: true, because: "there is none yet" };
  const leaf = new X509Certificate(certificatePem);
  const authority = new X509Certificate(authorityPem);
  if (!leaf.checkIssued(authority) || !leaf.verify(authority.publicKey)) {
    return { isDue: true, because: "it was signed by another authority" };
  }
  const missing = names.filter((name) => !covers(leaf, name));
  if (missing.length > 0) return { isDue: true, because: `it is not for ${missing.join(", ")}` };
  const from = Date.parse(leaf.validFrom);
  const until = Date.parse(leaf.validTo);
  if (now < from) return { isDue: true, because: "it is not valid yet: this machine's clock was set back" };
  const dueAt = until - (until - from) / 3;
  if (now >= until) return { isDue: true, because: "it has expired" };
  return now >= dueAt ? { isDue: true, because: "a third of its life is left" } : { isDue: false, dueAt };
}

/** Whether a certificate is for this name. A wildcard stands for one label, and covers its own text. */
export function covers(certificate: X509Certificate, name: string): boolean {
  if (isIP(name) !== 0) return certificate.checkIP(name) !== undefined;
  if (!name.startsWith("*.")) return certificate.checkHost(name, { subject: "never" }) !== undefined;
  return (certificate.subjectAltName ?? "").split(", ").includes(`DNS:${name}`);
}
