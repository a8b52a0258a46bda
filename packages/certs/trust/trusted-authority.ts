import { X509Certificate } from "node:crypto";
import { access, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "@drydock/core";
import { authorityCertificatePath, openAuthority } from "../authority-folder.ts";
import type { TrustedAuthority } from "./machine.ts";

/** The authority of this folder as trust stores name it, made on first use. @throws DevError AUTHORITY_DAMAGED, KEY_READABLE */
export async function authorityToTrust(
  folder: string,
  domains: readonly string[],
  clock: Clock,
): Promise<TrustedAuthority> {
  const { certificatePem, name } = await openAuthority(folder, domains, clock);
  const certificate = new X509Certificate(certificatePem);
  return {
    path: authorityCertificatePath(folder),
    name: name.commonName,
    serialNumber: certificate.serialNumber,
    sha1: certificate.fingerprint.replaceAll(":", ""),
  };
}

/** The file in an authority's folder that says that a person has let stores trust it. */
export const trustMark = (folder: string): string => join(folder, "trusted");

/** Whether a person has let any store of this machine trust the authority of this folder. */
export const isTrusted = (folder: string): Promise<boolean> =>
  access(trustMark(folder)).then(
    () => true,
    () => false,
  );

/** Writes down which stores trust the authority; none: that none does. */
export async function markTrusted(folder: string, stores: readonly string[]): Promise<void> {
  if (stores.length === 0) await rm(trustMark(folder), { force: true });
  else await writeFile(trustMark(folder), `${stores.join("\n")}\n`);
}
