import { X509Certificate } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
  AuthorityInfoAccessSyntax,
  Certificate,
  CRLDistributionPoints,
  id_ad_ocsp,
  id_ce_cRLDistributionPoints,
  id_pe_authorityInfoAccess,
} from "@peculiar/asn1-x509";

/** Where a certificate says that its revocation would be published. Only addresses that HTTP reaches. */
export interface RevocationPlaces {
  /** Addresses of revocation lists that its own issuer signs, for every reason (RFC 5280, section 4.2.1.13). */
  readonly lists: readonly string[];
  /** Addresses of responders (RFC 6960, section 3.1). */
  readonly responders: readonly string[];
}

/** Reads them from a certificate. */
export function revocationPlaces(certificatePem: string): RevocationPlaces {
  const { tbsCertificate } = AsnConvert.parse(new X509Certificate(certificatePem).raw, Certificate);
  const find = (id: string) => tbsCertificate.extensions?.find(({ extnID }) => extnID === id)?.extnValue;
  const points = find(id_ce_cRLDistributionPoints);
  const access = find(id_pe_authorityInfoAccess);
  const whole = points
    ? AsnConvert.parse(points, CRLDistributionPoints).filter(({ reasons, cRLIssuer }) => !reasons && !cRLIssuer)
    : [];
  const names = whole.flatMap(({ distributionPoint }) => distributionPoint?.fullName ?? []);
  const responders = access
    ? AsnConvert.parse(access, AuthorityInfoAccessSyntax).filter(({ accessMethod }) => accessMethod === id_ad_ocsp)
    : [];
  return {
    lists: names.flatMap(({ uniformResourceIdentifier: uri }) => uri ?? []).filter(isHttp),
    responders: responders
      .flatMap(({ accessLocation }) => accessLocation.uniformResourceIdentifier ?? [])
      .filter(isHttp),
  };
}

const isHttp = (uri: string): boolean => /^https?:\/\//i.test(uri);
