export { type AcmeDirectory, acmeDirectory } from "./acme/acme-directory.ts";
export type { ChallengeWay } from "./acme/challenges/challenge-solver.ts";
export {
  acmePlaces,
  type KeptPublicCertificate,
  keepPublicCertificate,
  type WantedPublicCertificate,
  type Watcher,
} from "./acme/public-certificate-keeper.ts";
export { createAuthority } from "./authority.ts";
export { authorityCertificatePath } from "./authority-folder.ts";
export { type KeptCertificate, keepCertificate, type WantedCertificate } from "./certificate-keeper.ts";
export { type CertificateFacts, readCertificateFacts } from "./check/certificate-facts.ts";
export { type CertificateFinding, checkCertificate } from "./check/check-certificate.ts";
export { checkPublicCertificate } from "./check/check-public-certificate.ts";
export { type CertificateSummary, describeCertificate } from "./check/describe-certificate.ts";
export { lookUpRevocation, type Revocation } from "./check/look-up-revocation.ts";
export { issueCertificate } from "./issue-certificate.ts";
export { certificatesIn, readChain } from "./pair-file.ts";
export { isAuthorityProtected, protectAuthority, unprotectAuthority } from "./protect-authority.ts";
export { adviseRenewal } from "./renewal.ts";
export { lookAtMachine } from "./trust/look-at-machine.ts";
export type { Machine, TrustedAuthority } from "./trust/machine.ts";
export { planTrust, wordsToRun } from "./trust/plan-trust.ts";
export { runTrust, type TrustOutcome } from "./trust/run-trust.ts";
export type { StorePlan, TrustAct, TrustCommand, TrustProof } from "./trust/trust-store.ts";
export { authorityToTrust, isTrusted, markTrusted, trustMark } from "./trust/trusted-authority.ts";
