import { type KeyObject, verify } from "node:crypto";

// RFC 5758, section 3.2; RFC 4055, section 5; RFC 8410, section 3. SHA-1 is left out: nobody signs with it what is to be believed.
const digests: Readonly<Record<string, string | undefined>> = {
  "1.2.840.10045.4.3.2": "sha256",
  "1.2.840.10045.4.3.3": "sha384",
  "1.2.840.10045.4.3.4": "sha512",
  "1.2.840.113549.1.1.11": "sha256",
  "1.2.840.113549.1.1.12": "sha384",
  "1.2.840.113549.1.1.13": "sha512",
  "1.3.101.112": undefined,
};

/** Whether a key made a signature over these bytes. `algorithm`: the signature algorithm's identifier; one that is not known made none. */
export function isSignedBy(key: KeyObject, algorithm: string, signed: ArrayBuffer, signature: ArrayBuffer): boolean {
  if (!Object.hasOwn(digests, algorithm)) return false;
  try {
    return verify(digests[algorithm], new Uint8Array(signed), key, new Uint8Array(signature));
  } catch {
    return false; // A key of another kind.
  }
}
