import { authorityFolder } from "../front/authority-place.ts";

/** What is to be done about the authority's key. */
export type Protection =
  /** `current`: the passphrase that it has now; undefined where it has none. */
  | { readonly act: "protect"; readonly current: string | undefined; readonly passphrase: string }
  | { readonly act: "remove"; readonly current: string | undefined };

/** Encrypts the authority's key, or takes its passphrase away. Returns where the key lies now. @throws DevError NO_AUTHORITY, NOT_PROTECTED, PASSPHRASE_NEEDED, WRONG_PASSPHRASE */
export async function protectAuthority(
  variables: Readonly<Record<string, string>>,
  protection: Protection,
): Promise<string> {
  const { protectAuthority: protect, unprotectAuthority } = await import("@drydock/certs");
  const folder = authorityFolder(variables);
  return protection.act === "remove"
    ? unprotectAuthority(folder, protection.current)
    : protect(folder, protection.current, protection.passphrase);
}

/** Whether it has a passphrase; undefined where there is no authority. @throws DevError AUTHORITY_DAMAGED, KEY_READABLE */
export async function isKeyProtected(variables: Readonly<Record<string, string>>): Promise<boolean | undefined> {
  const { isAuthorityProtected } = await import("@drydock/certs");
  return isAuthorityProtected(authorityFolder(variables));
}
