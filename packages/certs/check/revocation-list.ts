import { type KeyObject, verify, X509Certificate } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
  AuthorityInfoAccessSyntax,
  Certificate,
  CertificateList,
  CRLDistributionPoints,
  id_ce_cRLDistributionPoints,
  id_pe_authorityInfoAccess,
} from "@peculiar/asn1-x509";

/** Where a certificate says that its revocation would be published. */
export interface RevocationPlaces {
  /** Addresses of revocation lists (RFC 5280, section 4.2.1.13). */
  readonly lists: readonly string[];
  /** Addresses of responders (RFC 6960). */
  readonly responders: readonly string[];
}

/** What a revocation list says of a certificate. Times in milliseconds since the epoch. */
export type RevocationAnswer =
  | { readonly kind: "good"; readonly listedAt: number }
  | { readonly kind: "revoked"; readonly since: number }
  /** The list is none, is somebody else's, or is too old to be believed. */
  | { readonly kind: "unusable"; readonly why: string };

const idOcsp = "1.3.6.1.5.5.7.48.1";

/** Reads them from a certificate. */
export function revocationPlaces(certificatePem: string): RevocationPlaces {
  const { tbsCertificate } = AsnConvert.parse(new X509Certificate(certificatePem).raw, Certificate);
  const find = (id: string) => tbsCertificate.extensions?.find(({ extnID }) => extnID === id)?.extnValue;
  const points = find(id_ce_cRLDistributionPoints);
  const access = find(id_pe_authorityInfoAccess);
  const names = points
    ? AsnConvert.parse(points, CRLDistributionPoints).flatMap((point) => point.distributionPoint?.fullName ?? [])
    : [];
  const responders = access
    ? AsnConvert.parse(access, AuthorityInfoAccessSyntax).filter(({ accessMethod }) => accessMethod === idOcsp)
    : [];
  return {
    lists: names.flatMap(({ uniformResourceIdentifier: uri }) => (uri?.startsWith("http") ? [uri] : [])),
    responders: responders.flatMap(({ accessLocation }) => accessLocation.uniformResourceIdentifier ?? []),
  };
}

/** Looks a certificate up in a list that its issuer signed (RFC 5280, section 5). `list`: DER, or PEM. `now` in milliseconds. Pure. */
export function readRevocationList(
  list: Uint8Array,
  certificatePem: string,
  issuerPem: string,
  now: number,
): RevocationAnswer {
  let read: CertificateList;
  try {
    read = AsnConvert.parse(derOf(list), CertificateList);
  } catch {
    return { kind: "unusable", why: "it is no revocation list" };
  }
  const issuer = new X509Certificate(issuerPem).publicKey;
  if (!isSignedBy(read, issuer)) return { kind: "unusable", why: "its signature is not the issuer's" };
  const { thisUpdate, nextUpdate, revokedCertificates = [] } = read.tbsCertList;
  const until = nextUpdate?.getTime().getTime();
  if (until !== undefined && until < now)
    return { kind: "unusable", why: `it was good until ${new Date(until).toISOString().slice(0, 10)}` };
  const serial = BigInt(`0x${new X509Certificate(certificatePem).serialNumber}`);
  const entry = revokedCertificates.find(({ userCertificate }) => numberOf(userCertificate) === serial);
  if (entry) return { kind: "revoked", since: entry.revocationDate.getTime().getTime() };
  return { kind: "good", listedAt: thisUpdate.getTime().getTime() };
}

// RFC 5758, section 3.2, and RFC 4055, section 5.
const digests: Readonly<Record<string, string>> = {
  "1.2.840.10045.4.3.2": "sha256",
  "1.2.840.10045.4.3.3": "sha384",
  "1.2.840.10045.4.3.4": "sha512",
  "1.2.840.113549.1.1.11": "sha256",
  "1.2.840.113549.1.1.12": "sha384",
  "1.2.840.113549.1.1.13": "sha512",
};

function isSignedBy({ tbsCertListRaw, tbsCertList, signature, signatureAlgorithm }: CertificateList, key: KeyObject) {
  const digest = digests[signatureAlgorithm.algorithm];
  if (digest === undefined) return false;
  const signed = tbsCertListRaw ?? AsnConvert.serialize(tbsCertList);
  return verify(digest, new Uint8Array(signed), key, new Uint8Array(signature));
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
const numberOf = (bytes: ArrayBuffer): bigint => BigInt(`0x${Buffer.from(bytes).toString("hex") || "0"}`);
