import { createPrivateKey, X509Certificate } from "node:crypto";
import { certificatesIn } from "../pair-file.ts";
import { covers } from "../renewal.ts";
import type { CertificateFinding } from "./check-certificate.ts";
import type { Revocation } from "./look-up-revocation.ts";

/** All that is known of a certificate that an ACME authority signed. */
export interface PublicCertificateFacts {
  readonly path: string;
  /** The authority's label: `letsencrypt`. */
  readonly directory: string;
  readonly isStaging: boolean;
  /** Names that it should be for. */
  readonly names: readonly string[];
  /** The certificate and its chain, as PEM. */
  readonly chain: string | undefined;
  readonly key: string | undefined;
  /** PEM texts of the roots that clients have. */
  readonly roots: readonly string[];
  /** Undefined: it was not asked. */
  readonly revocation: Revocation | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

interface ReadChain {
  readonly facts: PublicCertificateFacts;
  readonly leaf: X509Certificate;
  readonly chain: readonly X509Certificate[];
}

const checks = [keyIsIts, chainIsWhole, namesAreThere, clockIsRight, datesFit, isNotRevoked];

/** Every finding about a public certificate: key, chain, names, dates, clock, revocation. All is well when the only ones are `ok`. Pure. */
export function checkPublicCertificate(facts: PublicCertificateFacts): readonly CertificateFinding[] {
  const { path, directory, now } = facts;
  const again = `dev certs issue --force${directoryFlag(facts)}`;
  const damaged = (what: string): CertificateFinding => ({ level: "problem", message: `${path} ${what}`, fix: again });
  if (facts.chain === undefined) return [damaged("has no certificate in it")];
  let chain: readonly X509Certificate[];
  try {
    chain = certificatesIn(facts.chain).map((pem) => new X509Certificate(pem));
  } catch {
    return [damaged("has a certificate in it that is damaged")];
  }
  const [leaf] = chain;
  if (!leaf) return [damaged("has no certificate in it")];
  const findings = checks.flatMap((check) => check({ facts, leaf, chain }) ?? []);
  if (findings.some(({ level }) => level !== "ok")) return findings;
  const days = daysLeft(leaf, now);
  const message = `Production's certificate of ${directory} is good for ${days} more ${days === 1 ? "day" : "days"}`;
  return [{ level: "ok", message }, ...findings];
}

/** The flag that names the same authority again. */
function directoryFlag({ isStaging, directory }: PublicCertificateFacts): string {
  return isStaging ? " --directory staging" : directory === "letsencrypt" ? " --directory production" : "";
}

function keyIsIts({ facts, leaf }: ReadChain): CertificateFinding | undefined {
  const fix = `dev certs issue --force${directoryFlag(facts)}`;
  try {
    if (facts.key !== undefined && leaf.checkPrivateKey(createPrivateKey(facts.key))) return undefined;
  } catch {
    return { level: "problem", message: `The key in ${facts.path} is damaged`, fix };
  }
  const what = facts.key === undefined ? "has no key in it" : "has a key that is not the certificate's";
  return { level: "problem", message: `${facts.path} ${what}: no server can start with it`, fix };
}

function chainIsWhole({ facts, chain }: ReadChain): CertificateFinding | undefined {
  const fix = `dev certs issue --force${directoryFlag(facts)}`;
  const broken = chain.findIndex((each, index) => {
    const next = chain[index + 1];
    return next !== undefined && !(each.checkIssued(next) && each.verify(next.publicKey));
  });
  if (broken >= 0)
    return {
      level: "problem",
      message: `The chain in ${facts.path} is broken: certificate ${broken + 2} did not sign certificate ${broken + 1}`,
      fix,
    };
  const last = chain.at(-1);
  const isAnchored = facts.roots.some((pem) => {
    const root = new X509Certificate(pem);
    return last !== undefined && (last.fingerprint256 === root.fingerprint256 || last.checkIssued(root));
  });
  if (isAnchored) return undefined;
  // A rehearsal is not trusted by design, and an internal authority only where its root is.
  if (facts.isStaging)
    return { level: "ok", message: "It is of a staging authority, which nobody trusts: a rehearsal" };
  if (facts.directory !== "letsencrypt")
    return { level: "ok", message: `Its root is none of the public ones: clients need the root of ${facts.directory}` };
  return { level: "problem", message: `The chain in ${facts.path} leads to no root that clients have`, fix };
}

function namesAreThere({ facts, leaf }: ReadChain): CertificateFinding | undefined {
  const missing = facts.names.filter((name) => !covers(leaf, name));
  if (missing.length === 0) return undefined;
  return {
    level: "problem",
    message: `Production's certificate is not for ${missing.join(", ")}`,
    fix: `dev certs issue${directoryFlag(facts)}`,
  };
}

function clockIsRight({ facts, leaf }: ReadChain): CertificateFinding | undefined {
  if (facts.now >= Date.parse(leaf.validFrom)) return undefined;
  return {
    level: "problem",
    message: `This machine's clock says ${new Date(facts.now).toISOString()}, which is before production's certificate was made`,
    fix: "Set the clock: timedatectl set-ntp true (Linux), sudo sntp -sS time.apple.com (macOS)",
  };
}

function datesFit({ facts, leaf }: ReadChain): CertificateFinding | undefined {
  const until = Date.parse(leaf.validTo);
  const life = until - Date.parse(leaf.validFrom);
  const fix = `dev certs issue${directoryFlag(facts)}`;
  const day = new Date(until).toISOString().slice(0, 10);
  if (facts.now >= until) return { level: "problem", message: `Production's certificate expired on ${day}`, fix };
  if (facts.now < until - life / 3) return undefined;
  const days = daysLeft(leaf, facts.now);
  // Renewal begins at a third of the life: at a ninth it has failed for long.
  const isLate = facts.now >= until - life / 9;
  const message = `Production's certificate ends in ${days} ${days === 1 ? "day" : "days"} (${day})`;
  return isLate
    ? { level: "problem", message: `${message}, and its renewal is overdue`, fix }
    : { level: "warning", message: `${message}: it is due`, fix };
}

function isNotRevoked({ facts }: ReadChain): CertificateFinding | undefined {
  const { revocation } = facts;
  switch (revocation?.kind) {
    case undefined:
      return undefined;
    case "good": {
      const at = new Date(revocation.saidAt).toISOString();
      const who = revocation.from === "list" ? `the list of ${at}` : `its authority's responder (OCSP), as of ${at}`;
      return { level: "ok", message: `It is not revoked, says ${who}` };
    }
    case "revoked":
      return {
        level: "problem",
        message: `Production's certificate was revoked on ${new Date(revocation.since).toISOString().slice(0, 10)}: clients may refuse it`,
        fix: `dev certs issue --force${directoryFlag(facts)}`,
      };
    case "unnamed":
      return { level: "ok", message: "It names no revocation list and no responder: nobody could be asked" };
    case "unreachable":
      return {
        level: "warning",
        message: `Whether it is revoked could not be asked: ${revocation.address} does not answer (${revocation.why})`,
        fix: "Run it again where that address is reached.",
      };
    case "unusable":
      return unusable(revocation);
  }
}

function unusable({ from, why }: Extract<Revocation, { kind: "unusable" }>): CertificateFinding {
  const message = "Whether it is revoked is not known:";
  return from === "list"
    ? {
        level: "warning",
        message: `${message} the revocation list cannot be used, because ${why}`,
        fix: "Run it again later; openssl crl -in LIST -text shows what it says.",
      }
    : {
        level: "warning",
        message: `${message} what its authority's responder says cannot be used, because ${why}`,
        fix: "Run it again later; openssl ocsp -issuer CHAIN -cert CERTIFICATE -url ADDRESS -text shows what it says.",
      };
}

const daysLeft = (leaf: X509Certificate, now: number): number =>
  Math.floor((Date.parse(leaf.validTo) - now) / 86_400_000);
