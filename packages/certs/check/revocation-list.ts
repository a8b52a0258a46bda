import { X509Certificate } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
  Certificate,
  CertificateList,
  IssuingDistributionPoint,
  id_ce_issuingDistributionPoint,
  id_ce_keyUsage,
  KeyUsage,
  KeyUsageFlags,
  type TBSCertList,
} from "@peculiar/asn1-x509";
import { isSignedBy } from "./is-signed-by.ts";

/** What a revocation list, or a responder, says of a certificate. Times in milliseconds since the epoch. */
export type RevocationAnswer =
  | { readonly kind: "good"; readonly from: RevocationSource; readonly saidAt: number }
  | { readonly kind: "revoked"; readonly since: number }
  /** It is none, is somebody else's, says nothing of this certificate, or is too old to be believed. */
  | { readonly kind: "unusable"; readonly from: RevocationSource; readonly why: string };

/** Who was asked. */
export type RevocationSource = "list" | "responder";

/**
 * Looks a certificate up in a list that its issuer signed (RFC 5280, sections 5 and 6.3.3). `list`: DER, or PEM; `address`: where it was fetched; `now` in milliseconds. Pure.
 */
export function readRevocationList(
  list: Uint8Array,
  address: string,
  certificatePem: string,
  issuerPem: string,
  now: number,
): RevocationAnswer {
  const unusable = (why: string) => ({ kind: "unusable", from: "list", why }) as const;
  let read: CertificateList;
  try {
    read = AsnConvert.parse(derOf(list), CertificateList);
  } catch {
    return unusable("it is no revocation list");
  }
  const { tbsCertList, tbsCertListRaw, signatureAlgorithm, signature } = read;
  const issuer = new X509Certificate(issuerPem);
  const signed = tbsCertListRaw ?? AsnConvert.serialize(tbsCertList);
  if (!isSignedBy(issuer.publicKey, signatureAlgorithm.algorithm, signed, signature))
    return unusable("its signature is not the issuer's");
  if (!maySignLists(issuer)) return unusable("its issuer may not sign revocation lists");
  const unfit = unfitFor(tbsCertList, address);
  if (unfit !== undefined) return unusable(unfit);
  const { thisUpdate, nextUpdate, revokedCertificates = [] } = tbsCertList;
  const until = nextUpdate?.getTime().getTime();
  if (until !== undefined && until < now)
    return unusable(`it was good until ${new Date(until).toISOString().slice(0, 10)}`);
  const serial = BigInt(`0x${new X509Certificate(certificatePem).serialNumber}`);
  const entry = revokedCertificates.find(({ userCertificate }) => numberOf(userCertificate) === serial);
  if (entry) return { kind: "revoked", since: entry.revocationDate.getTime().getTime() };
  return { kind: "good", from: "list", saidAt: thisUpdate.getTime().getTime() };
}

/** RFC 5280, section 6.3.3 (f): where an issuer's key has uses, signing lists has to be one. */
function maySignLists(issuer: X509Certificate): boolean {
  const { extensions = [] } = AsnConvert.parse(issuer.raw, Certificate).tbsCertificate;
  const usage = extensions.find(({ extnID }) => extnID === id_ce_keyUsage);
  if (!usage) return true;
  return (AsnConvert.parse(usage.extnValue, KeyUsage).toNumber() & KeyUsageFlags.cRLSign) !== 0;
}

/**
 * Why a list does not speak of the certificates whose issuer names this address: authorities cut theirs into parts, and one that is given in place of another would call every
 * certificate good (RFC 5280, section 5.2.5). A critical extension that nobody understands makes a list unusable (section 5.2).
 */
function unfitFor({ crlExtensions = [] }: TBSCertList, address: string): string | undefined {
  for (const { extnID, extnValue, critical } of crlExtensions) {
    if (extnID !== id_ce_issuingDistributionPoint) {
      if (critical) return `it has a critical extension that is not known (${extnID})`;
      continue;
    }
    const part = AsnConvert.parse(extnValue, IssuingDistributionPoint);
    const names = part.distributionPoint?.fullName?.flatMap(({ uniformResourceIdentifier: uri }) => uri ?? []);
    const isOther = names !== undefined && !names.includes(address);
    if (
      isOther ||
      part.indirectCRL ||
      part.onlyContainsCACerts ||
      part.onlyContainsAttributeCerts ||
      part.onlySomeReasons
    )
      return "it is a part that is for other certificates";
  }
  return undefined;
}

function derOf(list: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = Buffer.from(list.buffer, list.byteOffset, Math.min(list.byteLength, 64)).toString("latin1");
  if (!text.includes("-----BEGIN")) return Uint8Array.from(list);
  const body = Buffer.from(list)
    .toString("latin1")
    .replace(/-----[^-]+-----/g, "");
  return Uint8Array.from(Buffer.from(body, "base64"));
}

/** A serial number is an unsigned one, whatever zeros are before it. */
export const numberOf = (bytes: ArrayBuffer): bigint => BigInt(`0x${Buffer.from(bytes).toString("hex") || "0"}`);
