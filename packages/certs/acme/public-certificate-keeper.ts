import { X509Certificate } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Clock, DevError } from "@drydock/core";
import writeFileAtomic from "write-file-atomic";
import { readPair, writePair } from "../pair-file.ts";
import { hasAccountKey, openAccountKey } from "./account-key.ts";
import type { AcmeDirectory } from "./acme-directory.ts";
import { advisePublicRenewal } from "./advise-public-renewal.ts";
import { type ChallengeWay, challengeSolver } from "./challenges/challenge-solver.ts";
import { acmeRateLimited, onChangeFailed } from "./errors.ts";
import type { TellStep } from "./order-certificate.ts";
import type { RenewalWindow } from "./renewal-window.ts";
import { restPeriod, setRestPeriod } from "./rest-period.ts";
import { runCommand } from "./run-command.ts";
import type { AcmeRoad } from "./transport.ts";

/** A certificate of an ACME authority that is to exist. */
export interface WantedPublicCertificate {
  readonly directory: AcmeDirectory;
  /** Absolute; the PEM file of who signed the directory's own certificate. */
  readonly directoryAuthority: string | undefined;
  readonly names: readonly string[];
  readonly email: string | undefined;
  readonly agreesToTerms: boolean;
  readonly challenge: ChallengeWay;
  readonly keyType: "ecdsa" | "rsa";
  /** Absolute; where it is served from; undefined: only in our own folder. */
  readonly file: string | undefined;
  readonly onChange: readonly string[];
  /** Where the team's commands run. */
  readonly projectDirectory: string;
}

/** What was done about it. */
export interface KeptPublicCertificate {
  readonly path: string;
  /** Why it was got again; undefined when it was left. */
  readonly renewedBecause: string | undefined;
  /** Milliseconds since the epoch. */
  readonly validUntil: number;
  /** When it must be looked at again. */
  readonly dueAt: number;
}

// What speaks to an authority, with the libraries that this takes, is loaded when one is spoken to: the front's own certificate needs none of it.

/** Where the accounts and certificates of one authority lie, below the folder for all of them. */
export function acmePlaces(folder: string, { label }: AcmeDirectory, names: readonly string[]) {
  const own = join(folder, label);
  const file = (names[0] ?? "certificate").replace(/^\*\./, "_wildcard.");
  return {
    accountKey: join(own, "account-key.pem"),
    rest: join(own, "rest-period"),
    certificate: join(own, "certificates", `${file}.pem`),
  };
}

/** Who watches, and who may end it. */
export interface Watcher {
  readonly clock: Clock;
  readonly tell: TellStep;
  readonly signal: AbortSignal;
}

/**
 * Makes sure that a certificate of the authority is there and good for these names: it is got anew when it is due, or `isForced`. Key and chain
 * are one file, replaced by one rename. Nothing is asked while a rate limit lasts, and nothing is asked twice.
 * @throws DevError ACME_RATE_LIMITED, ACME_UNREACHABLE, ACME_REFUSED, TERMS_NOT_AGREED, CHALLENGE_FAILED, CHALLENGE_PORT, DNS_COMMAND_FAILED, ON_CHANGE_FAILED
 */
export async function keepPublicCertificate(
  folder: string,
  wanted: WantedPublicCertificate,
  watcher: Watcher,
  isForced: boolean,
): Promise<KeptPublicCertificate> {
  const places = acmePlaces(folder, wanted.directory, wanted.names);
  const current = await readPair(places.certificate).catch(() => undefined);
  const window =
    current && !isForced ? await askWindow(wanted, places.rest, watcher, current.certificatePem) : undefined;
  const advice = advisePublicRenewal(current?.certificatePem, wanted.names, watcher.clock.now(), window);
  const because = isForced ? "it was asked for" : advice.isDue ? advice.because : undefined;
  if (because !== undefined) await getAnew(places, wanted, watcher);
  const copied = await copyTo(wanted, places.certificate);
  if (copied === "changed" || (copied === "none" && because !== undefined)) await tellServer(wanted, watcher.signal);
  const { validFrom, validTo } = new X509Certificate((await readPair(places.certificate))?.certificatePem ?? "");
  const validUntil = Date.parse(validTo);
  const third = validUntil - (validUntil - Date.parse(validFrom)) / 3;
  const dueAt = because === undefined && !advice.isDue ? advice.dueAt : third;
  const path = copied === "none" || copied === "kept" ? places.certificate : (wanted.file ?? places.certificate);
  return { path, renewedBecause: because, validUntil, dueAt };
}

/** One window that the authority suggests. That it cannot be asked now is no reason to fail. */
async function askWindow(
  wanted: WantedPublicCertificate,
  rest: string,
  watcher: Watcher,
  certificatePem: string,
): Promise<RenewalWindow | undefined> {
  const [{ overRoad }, { renewalWindow }] = await Promise.all([
    import("./transport.ts"),
    import("./renewal-window.ts"),
  ]);
  const ask = () => renewalWindow(wanted.directory.url, certificatePem);
  return overRoad(roadTo(wanted, rest, watcher), watcher.signal, ask).catch((error: unknown) => {
    if (error instanceof DevError) return undefined;
    throw error;
  });
}

async function getAnew(
  places: ReturnType<typeof acmePlaces>,
  { directory, names, email, agreesToTerms, keyType, challenge, projectDirectory, ...wanted }: WantedPublicCertificate,
  watcher: Watcher,
): Promise<void> {
  const { clock, tell, signal } = watcher;
  const rest = await restPeriod(places.rest, clock.now());
  if (rest) throw acmeRateLimited(rest.said, rest.until);
  const solver = challengeSolver(challenge, projectDirectory, clock);
  const road = roadTo({ directory, directoryAuthority: wanted.directoryAuthority }, places.rest, watcher);
  const [{ overRoad }, { requireAgreement }, { orderCertificate }] = await Promise.all([
    import("./transport.ts"),
    import("./terms.ts"),
    import("./order-certificate.ts"),
  ]);
  const pair = await overRoad(road, signal, async () => {
    // Who has a key agreed when it was made.
    if (!(await hasAccountKey(places.accountKey))) await requireAgreement(directory.url, agreesToTerms);
    const accountKeyPem = await openAccountKey(places.accountKey);
    const order = { directoryUrl: directory.url, accountKeyPem, email, names, keyType };
    return orderCertificate(order, solver, tell, signal);
  });
  await mkdir(dirname(places.certificate), { recursive: true, mode: 0o700 });
  await writePair(places.certificate, pair);
  await setRestPeriod(places.rest, undefined);
}

function roadTo(
  { directory, directoryAuthority }: Pick<WantedPublicCertificate, "directory" | "directoryAuthority">,
  rest: string,
  { clock }: Watcher,
): AcmeRoad {
  return {
    url: directory.url,
    authorityFile: directoryAuthority,
    now: () => clock.now(),
    onRateLimit: (until, said) => setRestPeriod(rest, { until, said }),
  };
}

/** `kept`: what is served is another certificate than a rehearsal's, and stays. `none`: nothing is served from a file of the team's. */
type Copied = "none" | "same" | "changed" | "kept";

/** Puts the same bytes where they are served from. */
async function copyTo({ file, directory }: WantedPublicCertificate, certificate: string): Promise<Copied> {
  if (file === undefined) return "none";
  const text = await readFile(certificate, "utf8");
  const before = await readFile(file, "utf8").catch(() => undefined);
  if (text === before) return "same";
  if (before !== undefined && directory.isStaging) return "kept";
  await mkdir(dirname(file), { recursive: true });
  await writeFileAtomic(file, text, { mode: 0o600 });
  return "changed";
}

async function tellServer({ onChange, projectDirectory }: WantedPublicCertificate, signal: AbortSignal): Promise<void> {
  if (onChange.length === 0) return;
  const { failure, said } = await runCommand(onChange, projectDirectory, signal);
  if (failure !== undefined) throw onChangeFailed(onChange, failure, said);
}
