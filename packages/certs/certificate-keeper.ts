import { X509Certificate } from "node:crypto";
import { type Clock, DevError } from "@drydock/core";
import { authorityCertificatePath, openAuthority } from "./authority-folder.ts";
import { permittedDomains } from "./constraints.ts";
import { nameNotPermitted } from "./errors.ts";
import { issueCertificate, longestLifeMs } from "./issue-certificate.ts";
import { isWithin } from "./names.ts";
import { readPair, writePair } from "./pair-file.ts";
import { adviseRenewal } from "./renewal.ts";

/** A certificate that is to exist. */
export interface WantedCertificate {
  /** Absolute; key and certificate in one PEM file. */
  readonly path: string;
  /** DNS names, wildcards, addresses. */
  readonly names: readonly string[];
  /** Milliseconds; 30 days unless a test asks for less. */
  readonly lifeMs?: number;
  /** Of the authority's key, where it is protected by one. */
  readonly passphrase?: string;
}

/** What was done about it. */
export interface KeptCertificate {
  readonly path: string;
  /** The authority's certificate, for those who are to trust it. */
  readonly authorityPath: string;
  /** Why it was issued again; undefined when it was left. */
  readonly renewedBecause: string | undefined;
  /** Milliseconds since the epoch. */
  readonly validUntil: number;
  /** When it must be looked at again. */
  readonly dueAt: number;
  /** Why a certificate that is due was left for now: nobody gave the passphrase, and it is still good. */
  readonly postponed: DevError | undefined;
}

/**
 * Makes sure that a certificate is there, valid and for these names; issues it anew when `adviseRenewal` says so, or `isForced`. A damaged
 * file counts as none. Without the passphrase of a protected key, one that is still good stays. @throws DevError NAME_NOT_PERMITTED, AUTHORITY_DAMAGED,
 * KEY_READABLE, PASSPHRASE_NEEDED, WRONG_PASSPHRASE
 */
export async function keepCertificate(
  authorityFolder: string,
  domains: readonly string[],
  wanted: WantedCertificate,
  clock: Clock,
  isForced = false,
): Promise<KeptCertificate> {
  const authority = await openAuthority(authorityFolder, domains, clock);
  const permitted = permittedDomains(authority.certificatePem);
  const refused = wanted.names.filter((name) => !isWithin(name, permitted));
  if (refused.length > 0) throw nameNotPermitted(refused, permitted);
  const current = await readPair(wanted.path).catch(() => undefined);
  const now = clock.now();
  const advice = adviseRenewal(current?.certificatePem, authority.certificatePem, wanted.names, now);
  const authorityPath = authorityCertificatePath(authorityFolder);
  const because = isForced ? "it was asked for" : advice.isDue ? advice.because : undefined;
  const left = (dueAt: number, validTo: string, postponed: DevError | undefined): KeptCertificate => {
    const validUntil = Date.parse(validTo);
    return { path: wanted.path, authorityPath, renewedBecause: undefined, validUntil, dueAt, postponed };
  };
  if (current && because === undefined && !advice.isDue)
    return left(advice.dueAt, new X509Certificate(current.certificatePem).validTo, undefined);
  const unlocked = await authority.unlock(wanted.passphrase).catch((error: unknown) => {
    const isGood = current && !isForced && isStillGood(current.certificatePem, authority.certificatePem, wanted, now);
    if (isGood && error instanceof DevError && error.code === "PASSPHRASE_NEEDED") return error;
    throw error;
  });
  if (unlocked instanceof DevError)
    return left(now, new X509Certificate(current?.certificatePem ?? "").validTo, unlocked);
  const pair = issueCertificate(unlocked, wanted.names, now, wanted.lifeMs ?? longestLifeMs);
  await writePair(wanted.path, pair);
  const { validFrom, validTo } = new X509Certificate(pair.certificatePem);
  const validUntil = Date.parse(validTo);
  const dueAt = validUntil - (validUntil - Date.parse(validFrom)) / 3;
  return { path: wanted.path, authorityPath, renewedBecause: because, validUntil, dueAt, postponed: undefined };
}

/** Whether clients take it now: it is due only because its end comes near. */
function isStillGood(certificatePem: string, authorityPem: string, { names }: WantedCertificate, now: number): boolean {
  const { validFrom, validTo } = new X509Certificate(certificatePem);
  const advice = adviseRenewal(certificatePem, authorityPem, names, Date.parse(validFrom));
  return !advice.isDue && now >= Date.parse(validFrom) && now < Date.parse(validTo);
}
