import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Clock, DevError } from "@drydock/core";
import { type Authority, authorityName, createAuthority, readAuthority } from "./authority.ts";
import type { DistinguishedName } from "./distinguished-name.ts";
import { authorityDamaged, passphraseNeeded } from "./errors.ts";
import { requirePrivate } from "./private-file.ts";

const certificateFile = "authority.pem";

/** An authority as its folder has it. Who only needs its certificate needs no passphrase. */
export interface FoundAuthority {
  readonly certificatePem: string;
  readonly name: DistinguishedName;
  /** Its key is encrypted with a passphrase. */
  readonly isProtected: boolean;
  /** With its key, to sign. @throws DevError PASSPHRASE_NEEDED, WRONG_PASSPHRASE, AUTHORITY_DAMAGED */
  unlock(passphrase: string | undefined): Promise<Authority>;
}

/** Where the authority's certificate lies, for programs that are told whom to trust. */
export const authorityCertificatePath = (folder: string): string => join(folder, certificateFile);

/** Where its key lies: as it is, or encrypted. Where both are, the plain one counts: somebody was interrupted while protecting it. */
export const keyPaths = (folder: string): { readonly plain: string; readonly sealed: string } => ({
  plain: join(folder, "authority-key.pem"),
  sealed: join(folder, "authority-key.pem.age"),
});

/**
 * The authority of this folder, made on first use for localhost, test, internal and `domains`. Both files appear at once, by a rename, so
 * that two processes that begin at the same time share one authority. @throws DevError AUTHORITY_DAMAGED, KEY_READABLE
 */
export async function openAuthority(folder: string, domains: readonly string[], clock: Clock): Promise<FoundAuthority> {
  return (await findAuthority(folder)) ?? makeAuthority(folder, domains, clock);
}

/** The authority of this folder, undefined when there is none. @throws DevError AUTHORITY_DAMAGED, KEY_READABLE */
export async function findAuthority(folder: string): Promise<FoundAuthority | undefined> {
  const { plain, sealed } = keyPaths(folder);
  const paths = [authorityCertificatePath(folder), plain, sealed];
  const texts = await Promise.all(paths.map((path) => readFile(path, "utf8").catch(undefinedWhenMissing)));
  const [certificatePem, keyPem, sealedText] = texts;
  if (texts.every((text) => text === undefined)) return undefined;
  if (certificatePem === undefined || (keyPem ?? sealedText) === undefined) {
    const missing = certificatePem === undefined ? certificateFile : "authority-key.pem";
    throw authorityDamaged(folder, `${missing} is missing`);
  }
  await requirePrivate(keyPem === undefined ? sealed : plain);
  const orDamaged = <Value>(read: () => Value): Value => {
    try {
      return read();
    } catch (error) {
      throw authorityDamaged(folder, error instanceof Error ? error.message : String(error));
    }
  };
  const name = orDamaged(() => authorityName(certificatePem));
  if (keyPem !== undefined) {
    const authority = orDamaged(() => readAuthority(certificatePem, keyPem));
    return { certificatePem, name, isProtected: false, unlock: async () => authority };
  }
  const unlock = async (passphrase: string | undefined): Promise<Authority> => {
    if (passphrase === undefined) throw passphraseNeeded(sealed);
    const { openProtectedKey } = await import("./protected-key.ts");
    const opened = await openProtectedKey(sealedText ?? "", passphrase, sealed).catch((error: unknown) => {
      if (error instanceof DevError) throw error;
      throw authorityDamaged(folder, error instanceof Error ? error.message : String(error));
    });
    return orDamaged(() => readAuthority(certificatePem, opened));
  };
  return { certificatePem, name, isProtected: true, unlock };
}

async function makeAuthority(folder: string, domains: readonly string[], clock: Clock): Promise<FoundAuthority> {
  const authority = createAuthority(domains, clock.now());
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
  const draft = await mkdtemp(`${folder}.`);
  try {
    await writeFile(authorityCertificatePath(draft), authority.certificatePem, { flush: true });
    const keyPem = authority.key.export({ type: "pkcs8", format: "pem" });
    await writeFile(keyPaths(draft).plain, keyPem, { mode: 0o600, flush: true });
    await rename(draft, folder);
    const { certificatePem, name } = authority;
    return { certificatePem, name, isProtected: false, unlock: async () => authority };
  } catch (error) {
    // Another process was first: a folder that has files is never replaced by a rename (POSIX, rename).
    const other = await findAuthority(folder);
    if (other) return other;
    throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function undefinedWhenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
  return undefined;
}
