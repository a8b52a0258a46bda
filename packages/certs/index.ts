export { createAuthority } from "./authority.ts";
export { keepCertificate } from "./certificate-keeper.ts";
