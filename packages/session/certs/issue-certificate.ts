import type { KeptPublicCertificate } from "@drydock/certs";
import { systemClock } from "@drydock/core";
import type { StackSource } from "../supervisor.ts";
import { type PublicCertificateRequest, publicPlace } from "./public-place.ts";

/** What came of asking an ACME authority. */
export interface IssuedCertificate extends KeptPublicCertificate {
  readonly names: readonly string[];
  /** The authority: `letsencrypt-staging`. */
  readonly directory: string;
  /** Nobody trusts it: it was a rehearsal. */
  readonly isStaging: boolean;
}

/**
 * Gets production's certificate where there is none, or the one that there is is due; `isForced`: anyway.
 * @throws DevError as publicPlace and keepPublicCertificate
 */
export async function issueCertificate(
  source: StackSource,
  request: PublicCertificateRequest & { readonly isForced: boolean },
  tell: (step: string) => void,
  signal: AbortSignal,
): Promise<IssuedCertificate> {
  const { folder, wanted } = await publicPlace(source, request);
  const { keepPublicCertificate } = await import("@drydock/certs");
  const kept = await keepPublicCertificate(folder, wanted, { clock: systemClock, tell, signal }, request.isForced);
  return { ...kept, names: wanted.names, directory: wanted.directory.label, isStaging: wanted.directory.isStaging };
}
