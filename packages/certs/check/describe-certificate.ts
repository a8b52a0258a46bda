import { X509Certificate } from "node:crypto";

/** What a certificate says, for lists. */
export interface CertificateSummary {
  readonly subject: string;
  readonly issuer: string;
  /** DNS names and addresses. */
  readonly names: readonly string[];
  /** Milliseconds since the epoch. */
  readonly validFrom: number;
  readonly validUntil: number;
  readonly serialNumber: string;
}

/** Reads a certificate for people; undefined where the text is none. */
export function describeCertificate(pem: string): CertificateSummary | undefined {
  try {
    const certificate = new X509Certificate(pem);
    const names = (certificate.subjectAltName ?? "").split(", ").map((name) => name.replace(/^[^:]*:/, ""));
    return {
      subject: commonName(certificate.subject),
      issuer: commonName(certificate.issuer),
      names: names.filter((name) => name !== ""),
      validFrom: Date.parse(certificate.validFrom),
      validUntil: Date.parse(certificate.validTo),
      serialNumber: certificate.serialNumber,
    };
  } catch {
    return undefined;
  }
}

const commonName = (name: string): string => /^CN=(.*)$/m.exec(name)?.[1] ?? name;
