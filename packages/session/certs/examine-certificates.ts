import type { CertificateFinding } from "@drydock/certs";
import type { StackSource } from "../supervisor.ts";
import { certificateFacts, certificatePlace } from "./certificate-place.ts";

/**
 * What is wrong with a project's certificate and its authority: key, chain, names, dates, clock. Changes nothing.
 * @throws DevError BAD_CONFIGURATION, CONFIG_DOES_NOT_LOAD
 */
export async function examineCertificates(source: StackSource): Promise<readonly CertificateFinding[]> {
  const place = await certificatePlace(source);
  if (!place) return [{ level: "ok", message: "There is no project here that would have a certificate" }];
  if (place.isOff) return [{ level: "ok", message: "`front: false` in dev.config.ts: no certificate is needed" }];
  const { checkCertificate } = await import("@drydock/certs");
  return checkCertificate(await certificateFacts(place));
}
