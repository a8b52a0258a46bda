import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { permittedDomains } from "../constraints.ts";
import { isWithin } from "../names.ts";
import { covers } from "../renewal.ts";
import type { CertificateFacts } from "./certificate-facts.ts";

/** What was found about a certificate. A problem makes clients refuse it. */
export interface CertificateFinding {
  readonly level: "ok" | "warning" | "problem";
  readonly message: string;
  /** What to do; present unless all is well. */
  readonly fix?: string;
}

type Check = (facts: ReadCertificate) => CertificateFinding | undefined;

interface ReadCertificate {
  readonly facts: CertificateFacts;
  readonly leaf: X509Certificate;
  readonly authority: X509Certificate | undefined;
}

const renew = "dev certs renew";
const checks: readonly Check[] = [
  keyIsIts,
  authoritySignedIt,
  namesAreThere,
  namesArePermitted,
  clockIsRight,
  datesFit,
];

/** Every finding about a certificate and its authority: the authority first. All is well when the only ones are `ok`. Pure. */
export function checkCertificate(facts: CertificateFacts): readonly CertificateFinding[] {
  const found = aboutAuthority(facts);
  if (facts.certificate === undefined) {
    const isEmpty = facts.writtenAt === undefined;
    const message = isEmpty
      ? "There is no certificate yet: `dev up` makes it"
      : `${facts.path} has no certificate in it`;
    return [...found, isEmpty ? { level: "ok", message } : { level: "problem", message, fix: renew }];
  }
  const leaf = parse(facts.certificate);
  if (!leaf)
    return [...found, { level: "problem", message: `The certificate in ${facts.path} is damaged`, fix: renew }];
  const authority = facts.authority === undefined ? undefined : parse(facts.authority);
  const findings = checks.flatMap((check) => check({ facts, leaf, authority }) ?? []);
  if (findings.length > 0) return [...found, ...findings];
  const days = Math.floor((Date.parse(leaf.validTo) - facts.now) / 86_400_000);
  return [
    ...found,
    { level: "ok", message: `The certificate is good for ${days} more ${days === 1 ? "day" : "days"}` },
  ];
}

function aboutAuthority({
  authority,
  authorityProblem,
  authorityFolder,
  certificate,
  isProtected,
  now,
}: CertificateFacts): readonly CertificateFinding[] {
  if (authorityProblem)
    return [
      {
        level: "problem",
        message: authorityProblem.message,
        ...(authorityProblem.hint ? { fix: authorityProblem.hint } : {}),
      },
    ];
  if (authority === undefined && certificate === undefined)
    return [{ level: "ok", message: "There is no authority yet: `dev up` makes it" }];
  if (authority === undefined)
    return [
      {
        level: "problem",
        message: `The authority in ${authorityFolder} is gone: nothing can be renewed, and nobody needs to trust it any more`,
        fix: `dev trust   (makes a new one and lets stores trust it), then ${renew}`,
      },
    ];
  const read = parse(authority);
  const until = read ? Date.parse(read.validTo) : 0;
  if (!read || now >= until)
    return [
      {
        level: "problem",
        message: `The authority in ${authorityFolder} has expired`,
        fix: `rm -r ${authorityFolder} && dev trust`,
      },
    ];
  return [
    {
      level: "ok",
      message: `The authority is ${commonName(read)}, until ${day(until)}${isProtected ? "; its key has a passphrase" : ""}`,
    },
  ];
}

function keyIsIts({ facts, leaf }: ReadCertificate): CertificateFinding | undefined {
  if (facts.key === undefined) return { level: "problem", message: `${facts.path} has no key in it`, fix: renew };
  let key: KeyObject;
  try {
    key = createPrivateKey(facts.key);
  } catch {
    return { level: "problem", message: `The key in ${facts.path} is damaged`, fix: renew };
  }
  if (leaf.checkPrivateKey(key)) return undefined;
  return {
    level: "problem",
    message: `The key in ${facts.path} is not the certificate's: no server can start with them`,
    fix: renew,
  };
}

function authoritySignedIt({ leaf, authority }: ReadCertificate): CertificateFinding | undefined {
  if (!authority || (leaf.checkIssued(authority) && leaf.verify(authority.publicKey))) return undefined;
  return { level: "problem", message: "The certificate was signed by another authority than this user's", fix: renew };
}

function namesAreThere({ facts, leaf }: ReadCertificate): CertificateFinding | undefined {
  const missing = facts.names.filter((name) => !covers(leaf, name));
  if (missing.length === 0) return undefined;
  return { level: "problem", message: `The certificate is not for ${missing.join(", ")}`, fix: renew };
}

function namesArePermitted({ facts, authority }: ReadCertificate): CertificateFinding | undefined {
  if (!authority || facts.authority === undefined) return undefined;
  const permitted = permittedDomains(facts.authority);
  const outside = facts.names.filter((name) => !isWithin(name, permitted));
  if (outside.length === 0) return undefined;
  return {
    level: "warning",
    message: `The authority may not sign for ${outside.join(", ")}: it is constrained to ${permitted.join(", ")}`,
    fix: `Use names below .localhost, .test or .internal; or make an authority that knows them: rm -r ${facts.authorityFolder} && dev up && dev trust`,
  };
}

// A file system's time and the clock may differ a little.
const toleranceMs = 60_000;

function clockIsRight({ facts, leaf }: ReadCertificate): CertificateFinding | undefined {
  const { now, writtenAt = 0 } = facts;
  const isBehind = now < Date.parse(leaf.validFrom) || now + toleranceMs < writtenAt;
  if (!isBehind) return undefined;
  return {
    level: "problem",
    message: `This machine's clock says ${new Date(now).toISOString()}, which is before the certificate was made (${new Date(Math.max(writtenAt, Date.parse(leaf.validFrom))).toISOString()})`,
    fix: "Set the clock: timedatectl set-ntp true (Linux), sudo sntp -sS time.apple.com (macOS), wsl --shutdown (WSL)",
  };
}

function datesFit({ facts, leaf }: ReadCertificate): CertificateFinding | undefined {
  const from = Date.parse(leaf.validFrom);
  const until = Date.parse(leaf.validTo);
  if (facts.now >= until) return { level: "problem", message: `The certificate expired on ${day(until)}`, fix: renew };
  const dueAt = until - (until - from) / 3;
  if (facts.now < dueAt) return undefined;
  return {
    level: "warning",
    message: `Less than a third of the certificate's life is left (until ${day(until)}): \`dev up\` renews it`,
    fix: renew,
  };
}

function parse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
const commonName = ({ subject }: X509Certificate): string => /^CN=(.*)$/m.exec(subject)?.[1] ?? subject;
