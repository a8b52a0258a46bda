import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Clock } from "@drydock/core";
import { type Authority, createAuthority, readAuthority } from "./authority.ts";
import { authorityDamaged } from "./errors.ts";
import { requirePrivate } from "./private-file.ts";

const certificateFile = "authority.pem";
const keyFile = "authority-key.pem";

/** Where the authority's certificate lies, for programs that are told whom to trust. */
export const authorityCertificatePath = (folder: string): string => join(folder, certificateFile);

/**
 * The authority of this folder, made on first use for localhost, test, internal and `domains`. Both files appear at once, by a rename, so
 * that two processes that begin at the same time share one authority. @throws DevError AUTHORITY_DAMAGED, KEY_READABLE
 */
export async function openAuthority(folder: string, domains: readonly string[], clock: Clock): Promise<Authority> {
  return (await findAuthority(folder)) ?? makeAuthority(folder, domains, clock);
}

/** The authority of this folder, undefined when there is none. @throws DevError AUTHORITY_DAMAGED, KEY_READABLE */
export async function findAuthority(folder: string): Promise<Authority | undefined> {
  const paths = [certificateFile, keyFile].map((name) => join(folder, name));
  const texts = await Promise.all(paths.map((path) => readFile(path, "utf8").catch(undefinedWhenMissing)));
  const [certificatePem, keyPem] = texts;
  if (certificatePem === undefined && keyPem === undefined) return undefined;
  if (certificatePem === undefined || keyPem === undefined) {
    throw authorityDamaged(folder, `${certificatePem === undefined ? certificateFile : keyFile} is missing`);
  }
  await requirePrivate(join(folder, keyFile));
  try {
    return readAuthority(certificatePem, keyPem);
  } catch (error) {
    throw authorityDamaged(folder, error instanceof Error ? error.message : String(error));
  }
}

async function makeAuthority(folder: string, domains: readonly string[], clock: Clock): Promise<Authority> {
  const authority = createAuthority(domains, clock.now());
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
  const draft = await mkdtemp(`${folder}.`);
  try {
    await writeFile(join(draft, certificateFile), authority.certificatePem, { flush: true });
    const keyPem = authority.key.export({ type: "pkcs8", format: "pem" });
    await writeFile(join(draft, keyFile), keyPem, { mode: 0o600, flush: true });
    await rename(draft, folder);
    return authority;
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
