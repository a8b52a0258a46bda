import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { systemClock } from "@drydock/core";
import { noComposeFile } from "../errors.ts";
import { keepFrontCertificate } from "../front/front-certificate.ts";
import type { CertificateRenewal, StackSource } from "../supervisor.ts";
import { certificatePlace } from "./certificate-place.ts";
import { passphraseOf } from "./passphrase.ts";

/**
 * Issues a project's certificate anew where no front serves it now.
 * @throws DevError NO_COMPOSE_FILE, BAD_CONFIGURATION, AUTHORITY_DAMAGED, KEY_READABLE, PASSPHRASE_NEEDED, WRONG_PASSPHRASE
 */
export async function renewCertificate(source: StackSource): Promise<CertificateRenewal> {
  const place = await certificatePlace(source);
  if (!place) throw noComposeFile(source.directory);
  await mkdir(dirname(place.path), { recursive: true, mode: 0o700 });
  const kept = await keepFrontCertificate(
    { ...place, lifeMs: undefined, passphrase: await passphraseOf(source.variables) },
    systemClock,
    true,
  );
  return { path: kept.path, validUntil: kept.validUntil, isServed: false };
}
