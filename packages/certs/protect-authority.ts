import { rm } from "node:fs/promises";
import writeFileAtomic from "write-file-atomic";
import type { Authority } from "./authority.ts";
import { findAuthority, keyPaths } from "./authority-folder.ts";
import { noAuthority, notProtected } from "./errors.ts";

/** Whether an authority's key has a passphrase; undefined where there is no authority. @throws DevError AUTHORITY_DAMAGED, KEY_READABLE */
export async function isAuthorityProtected(folder: string): Promise<boolean | undefined> {
  return (await findAuthority(folder))?.isProtected;
}

/**
 * Encrypts the authority's key with a passphrase, or with another one than before, and takes the plain file away once the encrypted one is seen to open. Killed in
 * between, the key is there as it was. Returns where it lies. @throws DevError NO_AUTHORITY, PASSPHRASE_NEEDED, WRONG_PASSPHRASE, AUTHORITY_DAMAGED
 */
export async function protectAuthority(
  folder: string,
  current: string | undefined,
  passphrase: string,
  workFactor?: number,
): Promise<string> {
  const authority = await unlocked(folder, current);
  const { openProtectedKey, protectKey } = await import("./protected-key.ts");
  const { plain, sealed } = keyPaths(folder);
  const text = await protectKey(pemOf(authority), passphrase, workFactor);
  await openProtectedKey(text, passphrase, sealed);
  await writeFileAtomic(sealed, text, { mode: 0o600 });
  await rm(plain, { force: true });
  return sealed;
}

/** Writes the key as it is again, readable for its owner alone. @throws DevError NO_AUTHORITY, NOT_PROTECTED, PASSPHRASE_NEEDED, WRONG_PASSPHRASE */
export async function unprotectAuthority(folder: string, passphrase: string | undefined): Promise<string> {
  const { plain, sealed } = keyPaths(folder);
  if ((await isAuthorityProtected(folder)) === false) throw notProtected(plain);
  const authority = await unlocked(folder, passphrase);
  await writeFileAtomic(plain, pemOf(authority), { mode: 0o600 });
  await rm(sealed, { force: true });
  return plain;
}

async function unlocked(folder: string, passphrase: string | undefined): Promise<Authority> {
  const found = await findAuthority(folder);
  if (!found) throw noAuthority(folder);
  return found.unlock(passphrase);
}

const pemOf = ({ key }: Authority): string => key.export({ type: "pkcs8", format: "pem" }).toString();
