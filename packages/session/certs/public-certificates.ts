import { DevError } from "@drydock/core";
import type { StackSource } from "../supervisor.ts";
import { publicPlace } from "./public-place.ts";

/** A certificate that an ACME authority signed for a project, on this machine. */
export interface FoundPublicCertificate {
  /** The authority: `letsencrypt`. */
  readonly directory: string;
  readonly isStaging: boolean;
  readonly path: string;
  readonly names: readonly string[];
  /** The certificate with its chain, as PEM; undefined where the file is damaged. */
  readonly chain: string | undefined;
  /** Its key, as PEM. */
  readonly key: string | undefined;
}

/** Those that a project's settings name and that are here: of the authority that they say, and of Let's Encrypt's two. None where nothing is wanted. */
export async function findPublicCertificates(source: StackSource): Promise<readonly FoundPublicCertificate[]> {
  const words = [undefined, "production", "staging"];
  const found = new Map<string, FoundPublicCertificate>();
  const { acmePlaces, readChain } = await import("@drydock/certs");
  for (const directory of words) {
    const place = await publicPlace(source, { names: [], directory, agreesToTerms: false }).catch((error: unknown) => {
      if (error instanceof DevError && error.code === "NO_CERTIFICATE_NAMES") return undefined;
      throw error;
    });
    if (!place) return [];
    const { wanted, folder } = place;
    const { certificate: path } = acmePlaces(folder, wanted.directory, wanted.names);
    const chain = await readChain(path);
    if (!chain) continue;
    const { label, isStaging } = wanted.directory;
    found.set(label, { directory: label, isStaging, path, names: wanted.names, ...chain });
  }
  return [...found.values()];
}
