import { readFile } from "node:fs/promises";
import { rootCertificates } from "node:tls";
import type { CertificateFinding, Revocation } from "@drydock/certs";
import { systemClock } from "@drydock/core";
import type { StackSource } from "../supervisor.ts";
import { certificateFacts, certificatePlace } from "./certificate-place.ts";
import { type FoundPublicCertificate, findPublicCertificates } from "./public-certificates.ts";
import { publicPlace } from "./public-place.ts";

/**
 * What is wrong with a project's certificates and their authorities: key, chain, names, dates, clock; and, where `online` is given, revocation, which asks the network of
 * public ones. Changes nothing. @throws DevError BAD_CONFIGURATION, CONFIG_DOES_NOT_LOAD
 */
export async function examineCertificates(
  source: StackSource,
  online?: AbortSignal,
): Promise<readonly CertificateFinding[]> {
  const place = await certificatePlace(source);
  if (!place) return [{ level: "ok", message: "There is no project here that would have a certificate" }];
  const ofProduction = await examineProduction(source, online);
  if (place.isOff)
    return [{ level: "ok", message: "`front: false` in dev.config.ts: no certificate is needed" }, ...ofProduction];
  const { checkCertificate } = await import("@drydock/certs");
  const facts = await certificateFacts(place);
  const isThere = facts.authority !== undefined && facts.certificate !== undefined;
  const revocation: CertificateFinding = {
    level: "ok",
    message:
      "An authority of this machine publishes no revocation list: who distrusts it takes it out (dev trust --uninstall)",
  };
  return [...checkCertificate(facts), ...(online && isThere ? [revocation] : []), ...ofProduction];
}

async function examineProduction(
  source: StackSource,
  online: AbortSignal | undefined,
): Promise<readonly CertificateFinding[]> {
  const found = await findPublicCertificates(source);
  if (found.length === 0) return [];
  const { checkPublicCertificate } = await import("@drydock/certs");
  const roots = [...rootCertificates, ...(await ownRoots(source))];
  const now = systemClock.now();
  // A rehearsal that is over is nobody's trouble once there is a real one.
  const relevant = found.some(({ isStaging }) => !isStaging) ? found.filter(({ isStaging }) => !isStaging) : found;
  const each = relevant.map(async (certificate) => {
    const revocation = online && (await askRevocation(certificate, now, online));
    return checkPublicCertificate({ ...certificate, roots, revocation, now });
  });
  return (await Promise.all(each)).flat();
}

/** The certificate that follows signed the first one: it signs the list, too. */
async function askRevocation(
  { chain, isStaging }: FoundPublicCertificate,
  now: number,
  signal: AbortSignal,
): Promise<Revocation | undefined> {
  const { certificatesIn, lookUpRevocation } = await import("@drydock/certs");
  const [leaf, issuer] = certificatesIn(chain ?? "");
  if (leaf === undefined || issuer === undefined || isStaging) return undefined;
  return lookUpRevocation(leaf, issuer, now, signal);
}

/** The root of an internal authority, where the settings name one. */
async function ownRoots(source: StackSource): Promise<readonly string[]> {
  const { wanted } = await publicPlace(source, { names: [], directory: undefined, agreesToTerms: false });
  if (wanted.directoryAuthority === undefined) return [];
  const { certificatesIn } = await import("@drydock/certs");
  return certificatesIn(await readFile(wanted.directoryAuthority, "utf8").catch(() => ""));
}
