import type { KeptCertificate } from "@drydock/certs";
import { type Clock, DevError } from "@drydock/core";

/** What a front needs a certificate for. */
export interface CertificateWish {
  readonly authorityFolder: string;
  readonly path: string;
  /** The project's own names, which every authority of ours may sign for. */
  readonly names: readonly string[];
  /** Names elsewhere, which the authority may not know. */
  readonly otherNames: readonly string[];
  readonly lifeMs: number | undefined;
  /** Of the authority's key, where it has one. */
  readonly passphrase?: string | undefined;
}

/** A certificate that is there, and names that it could not get. */
export interface FrontCertificate extends KeptCertificate {
  readonly refused: DevError | undefined;
}

/**
 * Makes sure that the certificate is there and good. Names that the authority may not sign for are left out and told.
 * @throws DevError AUTHORITY_DAMAGED, KEY_READABLE, PASSPHRASE_NEEDED, WRONG_PASSPHRASE
 */
export async function keepFrontCertificate(
  wish: CertificateWish,
  clock: Clock,
  isForced: boolean,
): Promise<FrontCertificate> {
  const { keepCertificate } = await import("@drydock/certs");
  const { authorityFolder, path, names, otherNames, lifeMs, passphrase } = wish;
  const keep = (all: readonly string[]) =>
    keepCertificate(
      authorityFolder,
      otherNames,
      {
        path,
        names: all,
        ...(lifeMs === undefined ? {} : { lifeMs }),
        ...(passphrase === undefined ? {} : { passphrase }),
      },
      clock,
      isForced,
    );
  try {
    return { ...(await keep([...names, ...otherNames])), refused: undefined };
  } catch (error) {
    if (!(error instanceof DevError) || error.code !== "NAME_NOT_PERMITTED") throw error;
    return { ...(await keep(names)), refused: error };
  }
}

/** What is said, once a day, of a certificate that is due while nobody gives the passphrase. Times in milliseconds since the epoch. */
export function postponedText(validUntil: number, now: number): string {
  const days = Math.floor((validUntil - now) / 86_400_000);
  const left = days < 1 ? "in less than a day" : days === 1 ? "in a day" : `in ${days} days`;
  return `The certificate ends ${left} and was not renewed: the authority's key has a passphrase.`;
}

// A machine that slept, or whose clock was set, is looked at again soon: timers do not see either.
const longestSleepMs = 3_600_000;
// What could not be renewed is tried again after this.
const againMs = 60_000;

/** Calls `renew` when the certificate is due, until the signal. `dueAt` tells when that is, in milliseconds since the epoch. */
export async function renewInTime(
  dueAt: () => number | undefined,
  renew: () => Promise<void>,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const pause = (ms: number) => clock.sleep(ms, signal).catch(() => undefined);
  while (!signal.aborted) {
    const left = (dueAt() ?? Number.POSITIVE_INFINITY) - clock.now();
    if (left > 0) await pause(Math.min(left, longestSleepMs));
    else {
      await renew();
      if ((dueAt() ?? 0) <= clock.now()) await pause(againMs);
    }
  }
}
