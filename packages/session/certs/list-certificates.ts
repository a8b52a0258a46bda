import type { CertificateSummary } from "@drydock/certs";
import { noComposeFile } from "../errors.ts";
import type { StackSource } from "../supervisor.ts";
import { certificateFacts, certificatePlace } from "./certificate-place.ts";
import { findPublicCertificates } from "./public-certificates.ts";

/** A certificate on this machine that a project's front has to do with. */
export interface ListedCertificate extends CertificateSummary {
  /** `production`: signed by an ACME authority. */
  readonly kind: "authority" | "front" | "production";
  readonly path: string;
  /** Of the authority: a person has let stores trust it. */
  readonly isTrusted: boolean;
  /** Of `production`: who signed it, `letsencrypt-staging`. */
  readonly directory?: string;
}

/** The authority, the front's certificate and those for production, those that exist. @throws DevError NO_COMPOSE_FILE, BAD_CONFIGURATION */
export async function listCertificates(source: StackSource): Promise<readonly ListedCertificate[]> {
  const place = await certificatePlace(source);
  if (!place) throw noComposeFile(source.directory);
  const { authorityCertificatePath, describeCertificate, isTrusted } = await import("@drydock/certs");
  const facts = await certificateFacts(place);
  const isAuthorityTrusted = await isTrusted(place.authorityFolder);
  const authorityPath = authorityCertificatePath(place.authorityFolder);
  const found = [
    { kind: "authority", path: authorityPath, pem: facts.authority },
    { kind: "front", path: place.path, pem: facts.certificate },
    ...(await findPublicCertificates(source)).map(({ path, chain, directory }) => ({
      kind: "production" as const,
      path,
      pem: chain,
      directory,
    })),
  ] as const;
  return found.flatMap(({ pem, ...rest }) => {
    const summary = pem === undefined ? undefined : describeCertificate(pem);
    return summary ? [{ ...rest, isTrusted: rest.kind === "authority" && isAuthorityTrusted, ...summary }] : [];
  });
}
