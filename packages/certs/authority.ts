import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from "node:crypto";
import { hostname, userInfo } from "node:os";
import {
  BasicConstraints,
  id_ce_basicConstraints,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  KeyUsage,
  KeyUsageFlags,
} from "@peculiar/asn1-x509";
import { buildCertificate, extension } from "./build-certificate.ts";
import { constraintsTo } from "./constraints.ts";
import type { DistinguishedName } from "./distinguished-name.ts";
import { alwaysPermitted } from "./names.ts";

/** A certificate authority of one user. It can sign only for the domains that its certificate names. */
export interface Authority {
  readonly certificatePem: string;
  readonly name: DistinguishedName;
  /** ECDSA P-256. */
  readonly key: KeyObject;
}

const day = 86_400_000;
/** Ten years: an authority is installed by hand. Apple's trust store accepts user-added roots of any length. */
const lifetimeMs = 3_650 * day;
// A clock that is a day behind, in a virtual machine that slept, still finds it valid.
const backdatingMs = day;

/**
 * Makes an authority whose certificate is constrained (critical; RFC 5280, section 4.2.1.10) to localhost, test, internal, the
 * loopback addresses and these domains; of path length 0. `now` in milliseconds.
 */
export function createAuthority(domains: readonly string[], now: number): Authority {
  const { privateKey: key } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = { organization: "Drydock development CA", commonName: `Drydock ${whose()}` };
  const certificate = buildCertificate({
    subject: name,
    issuer: name,
    from: now - backdatingMs,
    until: now + lifetimeMs,
    subjectKey: key,
    issuerKey: key,
    extensions: [
      extension(id_ce_basicConstraints, new BasicConstraints({ cA: true, pathLenConstraint: 0 }), true),
      extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign), true),
      extension(id_ce_nameConstraints, constraintsTo([...alwaysPermitted, ...domains]), true),
    ],
  });
  return { certificatePem: new X509Certificate(certificate).toString(), name, key };
}

/** An authority from its two texts. @throws Error when one of them is damaged, or they do not belong together */
export function readAuthority(certificatePem: string, keyPem: string): Authority {
  const name = authorityName(certificatePem);
  const key = createPrivateKey(keyPem);
  if (!new X509Certificate(certificatePem).checkPrivateKey(key)) throw new Error("the key is not the certificate's");
  return { certificatePem, name, key };
}

/** Whose certificate it is. @throws Error for a damaged one */
export function authorityName(certificatePem: string): DistinguishedName {
  const { subject } = new X509Certificate(certificatePem);
  const attribute = (label: string) => new RegExp(`^${label}=(.*)$`, "m").exec(subject)?.[1] ?? "";
  return { organization: attribute("O"), commonName: attribute("CN") };
}

/** Names the person and the machine, so that a list of trusted roots says whose it is. */
function whose(): string {
  try {
    return `${userInfo().username}@${hostname()}`;
  } catch {
    // A user id without a name, as in some containers.
    return hostname();
  }
}
