import { X509Certificate } from "node:crypto";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { AuthorityKeyIdentifier, Certificate, id_ce_authorityKeyIdentifier } from "@peculiar/asn1-x509";
import acme from "acme-client";

/** When an authority would like a certificate to be renewed (RFC 9773, section 4.2), in milliseconds since the epoch. */
export interface RenewalWindow {
  readonly start: number;
  readonly end: number;
}

/**
 * What the authority suggests for a certificate of its own; undefined where it has no such service, or does not answer: renewal must not depend on it.
 * Speaks over the road that `overRoad` laid.
 */
export async function renewalWindow(directoryUrl: string, certificatePem: string): Promise<RenewalWindow | undefined> {
  const id = renewalId(certificatePem);
  if (id === undefined) return undefined;
  try {
    const directory = await acme.axios.get<{ readonly renewalInfo?: string }>(directoryUrl);
    const { renewalInfo } = directory.data;
    if (renewalInfo === undefined) return undefined;
    const answer = await acme.axios.get<{
      readonly suggestedWindow?: { readonly start: string; readonly end: string };
    }>(`${renewalInfo}/${id}`);
    const { start, end } = answer.data.suggestedWindow ?? { start: "", end: "" };
    const window = { start: Date.parse(start), end: Date.parse(end) };
    return Number.isNaN(window.start) || Number.isNaN(window.end) ? undefined : window;
  } catch {
    return undefined;
  }
}

/** The name of a certificate there: authority key identifier and serial number, base64url (RFC 9773, section 4.1). */
function renewalId(certificatePem: string): string | undefined {
  const { tbsCertificate } = AsnConvert.parse(new X509Certificate(certificatePem).raw, Certificate);
  const found = tbsCertificate.extensions?.find(({ extnID }) => extnID === id_ce_authorityKeyIdentifier);
  if (!found) return undefined;
  const { keyIdentifier } = AsnConvert.parse(found.extnValue, AuthorityKeyIdentifier);
  if (!(keyIdentifier instanceof OctetString)) return undefined;
  const base64url = (bytes: ArrayBuffer) => Buffer.from(bytes).toString("base64url");
  return `${base64url(keyIdentifier.buffer)}.${base64url(tbsCertificate.serialNumber)}`;
}
