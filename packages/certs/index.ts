export { createAuthority } from "./authority.ts";
export { type KeptCertificate, keepCertificate, type WantedCertificate } from "./certificate-keeper.ts";
