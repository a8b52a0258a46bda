import { X509Certificate } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
  Certificate,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_nameConstraints,
  NameConstraints,
} from "@peculiar/asn1-x509";

/** Name constraints that permit these domains with all below them, and the loopback addresses (RFC 5280, section 4.2.1.10). */
export function constraintsTo(domains: readonly string[]): NameConstraints {
  const subtrees = [
    ...domains.map((dNSName) => new GeneralName({ dNSName })),
    ...["127.0.0.0/8", "::1/128"].map((iPAddress) => new GeneralName({ iPAddress })),
  ];
  return new NameConstraints({
    permittedSubtrees: new GeneralSubtrees(subtrees.map((base) => new GeneralSubtree({ base }))),
  });
}

/** The domains that an authority's certificate permits; none when it has no constraints. */
export function permittedDomains(certificatePem: string): readonly string[] {
  const { tbsCertificate } = AsnConvert.parse(new X509Certificate(certificatePem).raw, Certificate);
  const found = tbsCertificate.extensions?.find(({ extnID }) => extnID === id_ce_nameConstraints);
  if (!found) return [];
  const { permittedSubtrees } = AsnConvert.parse(found.extnValue, NameConstraints);
  return (permittedSubtrees ?? []).flatMap(({ base }) => base.dNSName ?? []);
}
