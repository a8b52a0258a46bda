import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from "node:crypto";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  Certificate,
  Extension,
  Extensions,
  id_ce_authorityKeyIdentifier,
  id_ce_subjectKeyIdentifier,
  KeyIdentifier,
  Name,
  RelativeDistinguishedName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from "@peculiar/asn1-x509";
import type { DistinguishedName } from "./distinguished-name.ts";

/** What a certificate says. */
export interface CertificateContent {
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  /** Milliseconds since the epoch; written in whole seconds. */
  readonly from: number;
  readonly until: number;
  readonly subjectKey: KeyObject;
  /** The issuer's private key, ECDSA P-256. */
  readonly issuerKey: KeyObject;
  /** Besides the key identifiers, which every certificate has. */
  readonly extensions: readonly Extension[];
}

const ecdsaWithSha256 = "1.2.840.10045.4.3.2";

/** Signs an X.509 certificate of version 3 (RFC 5280, section 4.1) and returns it as DER. */
export function buildCertificate(content: CertificateContent): Buffer {
  const signature = new AlgorithmIdentifier({ algorithm: ecdsaWithSha256 });
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: newSerial(),
    signature,
    issuer: name(content.issuer),
    validity: new Validity({ notBefore: wholeSecond(content.from), notAfter: wholeSecond(content.until) }),
    subject: name(content.subject),
    subjectPublicKeyInfo: AsnConvert.parse(publicKeyInfo(content.subjectKey), SubjectPublicKeyInfo),
    extensions: new Extensions([
      extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdentifier(content.subjectKey))),
      extension(
        id_ce_authorityKeyIdentifier,
        new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(keyIdentifier(content.issuerKey)) }),
      ),
      ...content.extensions,
    ]),
  });
  const signed = Buffer.from(AsnConvert.serialize(tbsCertificate));
  const certificate = new Certificate({
    tbsCertificate,
    signatureAlgorithm: signature,
    signatureValue: toArrayBuffer(sign("sha256", signed, content.issuerKey)),
  });
  return Buffer.from(AsnConvert.serialize(certificate));
}

/** An extension of a certificate from its value. */
export const extension = (id: string, value: unknown, critical = false): Extension =>
  new Extension({ extnID: id, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });

/** 127 random bits: positive, and above the 64 bits that RFC 5280 (4.1.2.2) and the CA/Browser Forum's Baseline Requirements (7.1) ask for. */
function newSerial(): ArrayBuffer {
  const bytes = randomBytes(16);
  // A first byte from 0x40 to 0x7f keeps the number positive and its encoding 16 bytes long.
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return toArrayBuffer(bytes);
}

// The order that browsers show: O, then CN.
function name({ organization, commonName }: DistinguishedName): Name {
  const attribute = (type: string, text: string) =>
    new RelativeDistinguishedName([
      new AttributeTypeAndValue({ type, value: new AttributeValue({ utf8String: text }) }),
    ]);
  return new Name([attribute("2.5.4.10", organization), attribute("2.5.4.3", commonName)]);
}

/** SHA-1 of the public key, as an identifier only (RFC 5280, section 4.2.1.2, method 1). */
function keyIdentifier(key: KeyObject): ArrayBuffer {
  const { subjectPublicKey } = AsnConvert.parse(publicKeyInfo(key), SubjectPublicKeyInfo);
  return toArrayBuffer(createHash("sha1").update(Buffer.from(subjectPublicKey)).digest());
}

function publicKeyInfo(key: KeyObject): ArrayBuffer {
  const publicKey = key.type === "private" ? createPublicKey(key) : key;
  return toArrayBuffer(publicKey.export({ type: "spki", format: "der" }));
}

const wholeSecond = (ms: number): Date => new Date(Math.floor(ms / 1000) * 1000);

function toArrayBuffer(bytes: Buffer): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
