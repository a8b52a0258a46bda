import { DevError } from "@drydock/core";

/** Builds ACME_UNREACHABLE (exit 1): the authority does not answer. */
export const acmeUnreachable = (url: string, why: string, isUntrusted: boolean): DevError =>
  new DevError("ACME_UNREACHABLE", `The ACME authority at ${url} cannot be reached: ${why}.`, {
    hint: isUntrusted
      ? "If it is an internal one, name the PEM file of the authority that signed its own certificate: directoryAuthority in dev.config.ts."
      : "Nothing was changed. Look at the network, or name another authority with --directory.",
  });

/** Builds ACME_REFUSED (exit 1): the authority said no, in its own words. */
export const acmeRefused = (said: string, type: string | undefined, parts: readonly string[]): DevError =>
  new DevError(
    "ACME_REFUSED",
    `The ACME authority refused: ${said}${type === undefined ? "" : ` (${shortType(type)})`}`,
    {
      evidence: parts,
      hint: "The certificate that there was is still in place.",
    },
  );

/** Builds ACME_RATE_LIMITED (exit 1): too much was asked of the authority. `until` in milliseconds since the epoch; undefined: it did not say. */
export const acmeRateLimited = (said: string, until: number | undefined): DevError =>
  new DevError("ACME_RATE_LIMITED", `The ACME authority's rate limit is reached: ${said}`, {
    hint:
      until === undefined
        ? "It does not say until when. Try with --directory staging, whose limits are wide; letsencrypt.org/docs/rate-limits has the numbers."
        : `It says to ask again after ${new Date(until).toISOString()}. Until then it is not asked; --directory staging has wide limits.`,
  });

/** Builds TERMS_NOT_AGREED (exit 2): a person has to agree first. */
export const termsNotAgreed = (terms: string): DevError =>
  new DevError("TERMS_NOT_AGREED", `The ACME authority has terms of service, which nobody agreed to yet: ${terms}`, {
    exitCode: 2,
    hint: "Read them, then: dev certs issue --agree-terms   (or agreesToTerms: true in dev.config.ts)",
  });

/** Builds CHALLENGE_FAILED (exit 1): the authority did not see that a name is ours. `said` are its words. */
export const challengeFailed = (domain: string, said: string, seen: readonly string[], hint: string): DevError =>
  new DevError("CHALLENGE_FAILED", `The ACME authority did not see that ${domain} is yours: ${said}`, {
    evidence: seen,
    hint,
  });

/** Builds CHALLENGE_NOT_OFFERED (exit 1): the authority wants to see it in another way. */
export const challengeNotOffered = (domain: string, wanted: string, offered: readonly string[]): DevError =>
  new DevError(
    "CHALLENGE_NOT_OFFERED",
    `For ${domain} the ACME authority takes ${offered.join(" or ")}, not ${wanted}.`,
    { exitCode: 2, hint: "Set `challenge` in dev.config.ts." },
  );

/** Builds CHALLENGE_PORT (exit 1): we cannot answer where the authority asks. */
export const challengePortNotOurs = (port: number, code: string): DevError =>
  new DevError(
    "CHALLENGE_PORT",
    code === "EACCES"
      ? `Port ${port} cannot be listened on: this user may not (${code}).`
      : `Port ${port}, where the ACME authority's question is answered, cannot be had (${code}).`,
    {
      hint:
        code === "EACCES"
          ? "Let port 80 lead to a higher one and set challenge: { port }, or let the web server that has it serve files: challenge: { webroot }."
          : 'Let the web server that has it serve files: challenge: { type: "http-01", webroot: "..." } in dev.config.ts.',
    },
  );

/** Builds DNS_COMMAND_FAILED (exit 1): the team's own command for DNS records. */
export const dnsCommandFailed = (words: readonly string[], how: string, said: readonly string[]): DevError =>
  new DevError("DNS_COMMAND_FAILED", `The command for the DNS record failed: ${words.join(" ")}: ${how}.`, {
    evidence: said,
    hint: "It is run with: set|clean DOMAIN RECORD VALUE, and has to end with 0 once the record is there.",
  });

/** Builds ON_CHANGE_FAILED (exit 1): the certificate is new, who serves it was not told. */
export const onChangeFailed = (words: readonly string[], how: string, said: readonly string[]): DevError =>
  new DevError("ON_CHANGE_FAILED", `The certificate is new, but \`${words.join(" ")}\` failed: ${how}.`, {
    evidence: said,
    hint: "Run it yourself, or correct onChange in dev.config.ts.",
  });

const shortType = (type: string): string => type.replace("urn:ietf:params:acme:error:", "");
