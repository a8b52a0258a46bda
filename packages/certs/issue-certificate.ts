import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import {
  BasicConstraints,
  ExtendedKeyUsage,
  GeneralName,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  id_kp_serverAuth,
  KeyUsage,
  KeyUsageFlags,
  SubjectAlternativeName,
} from "@peculiar/asn1-x509";
import type { Authority } from "./authority.ts";
import { buildCertificate, extension } from "./build-certificate.ts";

/** A server's certificate and key, as PEM. */
export interface CertificatePair {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** The longest life of a leaf: 30 days in milliseconds. Mozilla's guideline 6.0 asks for at most 90. */
export const longestLifeMs: number = 30 * 86_400_000;
// A client whose clock is a little behind must not refuse a certificate that was just made.
const backdatingMs = 3_600_000;

/**
 * Issues a certificate for these DNS names (wildcards too) and addresses, with a new key, valid for `lifeMs` from `now`; at most 30 days.
 * The names are subject alternative names: browsers ignore the common name (RFC 9525, section 2).
 */
export function issueCertificate(
  authority: Authority,
  names: readonly string[],
  now: number,
  lifeMs: number = longestLifeMs,
): CertificatePair {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const certificate = buildCertificate({
    subject: { organization: "Drydock development certificate", commonName: names[0] ?? "localhost" },
    issuer: authority.name,
    from: now - Math.min(backdatingMs, lifeMs),
    until: now + Math.min(lifeMs, longestLifeMs),
    subjectKey: privateKey,
    issuerKey: authority.key,
    extensions: [
      extension(id_ce_basicConstraints, new BasicConstraints({ cA: false }), true),
      extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature), true),
      extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth])),
      extension(id_ce_subjectAltName, new SubjectAlternativeName(names.map(generalName))),
    ],
  });
  return {
    certificatePem: new X509Certificate(certificate).toString(),
    keyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

const generalName = (name: string): GeneralName =>
  isIP(name) === 0 ? new GeneralName({ dNSName: name }) : new GeneralName({ iPAddress: name });
