import { createHash, X509Certificate } from "node:crypto";
import {
  BasicOCSPResponse,
  CertID,
  id_kp_OCSPSigning,
  id_pkix_ocsp_basic,
  OCSPRequest,
  OCSPResponse,
  OCSPResponseStatus,
  Request,
  TBSRequest,
} from "@peculiar/asn1-ocsp";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { AlgorithmIdentifier, Certificate } from "@peculiar/asn1-x509";
import { isSignedBy } from "./is-signed-by.ts";
import { numberOf, type RevocationAnswer } from "./revocation-list.ts";

// An identifier of the issuer, no protection: the one digest that every responder has to take (RFC 5019, section 2.1.1).
const sha1 = "1.3.14.3.2.26";
// Clocks of this machine and of the responder may differ a little.
const toleranceMs = 5 * 60_000;
// Without nextUpdate newer information is always there (RFC 6960, section 4.2.2.1): what is older than this is somebody's old answer.
const oldestMs = 24 * 60 * 60_000;

/** What to ask a responder about a certificate (RFC 6960, section 4.1), DER. */
export function responderQuestion(certificatePem: string, issuerPem: string): Uint8Array<ArrayBuffer> {
  const request = new Request({ reqCert: identify(certificatePem, issuerPem) });
  return new Uint8Array(
    AsnConvert.serialize(new OCSPRequest({ tbsRequest: new TBSRequest({ requestList: [request] }) })),
  );
}

/**
 * Reads a responder's answer (RFC 6960, section 4.2): it counts when the certificate's issuer signed it, or somebody whom the issuer lets sign answers. `now` in milliseconds. Pure.
 */
export function readResponderAnswer(
  answer: Uint8Array,
  certificatePem: string,
  issuerPem: string,
  now: number,
): RevocationAnswer {
  const unusable = (why: string) => ({ kind: "unusable", from: "responder", why }) as const;
  let basic: BasicOCSPResponse;
  try {
    const { responseStatus, responseBytes } = AsnConvert.parse(Uint8Array.from(answer), OCSPResponse);
    if (responseStatus !== OCSPResponseStatus.successful)
      return unusable(`it says "${OCSPResponseStatus[responseStatus] ?? responseStatus}"`);
    if (responseBytes?.responseType !== id_pkix_ocsp_basic)
      return unusable("its answer is of a kind that is not known");
    basic = AsnConvert.parse(responseBytes.response, BasicOCSPResponse);
  } catch {
    return unusable("it gives no answer of OCSP");
  }
  if (!isOfIssuer(basic, new X509Certificate(issuerPem), now)) return unusable("its signature is not the issuer's");
  const wanted = identify(certificatePem, issuerPem);
  const single = basic.tbsResponseData.responses.find(({ certID }) => isSame(certID, wanted));
  if (!single) return unusable("its answer is about another certificate");
  const { certStatus, thisUpdate, nextUpdate } = single;
  const saidAt = thisUpdate.getTime();
  const until = nextUpdate?.getTime() ?? saidAt + oldestMs;
  if (saidAt > now + toleranceMs) return unusable(`its answer is of ${thisUpdate.toISOString()}, which is to come`);
  if (until < now) return unusable(`its answer was good until ${new Date(until).toISOString().slice(0, 10)}`);
  if (certStatus.revoked) return { kind: "revoked", since: certStatus.revoked.revocationTime.getTime() };
  if (certStatus.good === undefined) return unusable("it does not know the certificate");
  return { kind: "good", from: "responder", saidAt };
}

function identify(certificatePem: string, issuerPem: string): CertID {
  const { tbsCertificate } = AsnConvert.parse(new X509Certificate(issuerPem).raw, Certificate);
  const { serialNumber } = AsnConvert.parse(new X509Certificate(certificatePem).raw, Certificate).tbsCertificate;
  return new CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithm: sha1, parameters: null }),
    issuerNameHash: digestOf(AsnConvert.serialize(tbsCertificate.subject)),
    issuerKeyHash: digestOf(tbsCertificate.subjectPublicKeyInfo.subjectPublicKey),
    serialNumber,
  });
}

const digestOf = (bytes: ArrayBuffer): OctetString =>
  new OctetString(createHash("sha1").update(new Uint8Array(bytes)).digest());

const isSame = (one: CertID, other: CertID): boolean =>
  one.hashAlgorithm.algorithm === other.hashAlgorithm.algorithm &&
  isEqual(one.issuerNameHash, other.issuerNameHash) &&
  isEqual(one.issuerKeyHash, other.issuerKeyHash) &&
  numberOf(one.serialNumber) === numberOf(other.serialNumber);

const isEqual = (one: OctetString, other: OctetString): boolean =>
  Buffer.from(one.buffer).equals(Buffer.from(other.buffer));

/** RFC 6960, section 4.2.2.2: the issuer itself, or a certificate that it signed for this use, which has not ended. */
function isOfIssuer(basic: BasicOCSPResponse, issuer: X509Certificate, now: number): boolean {
  const { tbsResponseData, tbsResponseDataRaw, signatureAlgorithm, signature, certs = [] } = basic;
  const signed = tbsResponseDataRaw ?? AsnConvert.serialize(tbsResponseData);
  const delegates = certs
    .map((each) => new X509Certificate(Buffer.from(AsnConvert.serialize(each))))
    .filter(
      (each) =>
        each.keyUsage?.includes(id_kp_OCSPSigning) &&
        each.checkIssued(issuer) &&
        each.verify(issuer.publicKey) &&
        Date.parse(each.validFrom) <= now &&
        now < Date.parse(each.validTo),
    );
  return [issuer, ...delegates].some(({ publicKey }) =>
    isSignedBy(publicKey, signatureAlgorithm.algorithm, signed, signature),
  );
}
