import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { authorityFolder } from "../front/authority-place.ts";
import type { StackSource } from "../supervisor.ts";
import { passphraseFileUnreadable } from "./errors.ts";

/**
 * The passphrase of the authority's key as variables give it: DRYDOCK_CA_PASSPHRASE, or the first line of the file that DRYDOCK_CA_PASSPHRASE_FILE names.
 * @throws DevError PASSPHRASE_FILE
 */
export async function passphraseOf(variables: Readonly<Record<string, string>>): Promise<string | undefined> {
  const { DRYDOCK_CA_PASSPHRASE: passphrase, DRYDOCK_CA_PASSPHRASE_FILE: file } = variables;
  if (passphrase) return passphrase;
  return file ? readPassphrase(file) : undefined;
}

/** The first line of a file. @throws DevError PASSPHRASE_FILE */
export async function readPassphrase(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw passphraseFileUnreadable(file, error.code ?? error.message);
  });
  const [line = ""] = text.split(/\r?\n/);
  if (line === "") throw passphraseFileUnreadable(file, "its first line is empty");
  return line;
}

/**
 * The file of the authority's key when it has a passphrase that nobody gave and that signing needs now: for `isForced`, or because this project's certificate
 * is not there or due. Undefined otherwise, and quickly where the key has none.
 */
export async function awaitedPassphrase(source: StackSource, isForced: boolean): Promise<string | undefined> {
  const { DRYDOCK_CA_PASSPHRASE, DRYDOCK_CA_PASSPHRASE_FILE } = source.variables;
  const folder = authorityFolder(source.variables);
  const sealed = join(folder, "authority-key.pem.age");
  if (DRYDOCK_CA_PASSPHRASE || DRYDOCK_CA_PASSPHRASE_FILE) return undefined;
  const isThere = await access(sealed).then(
    () => true,
    () => false,
  );
  if (!isThere) return undefined;
  const { isAuthorityProtected } = await import("@drydock/certs");
  if (!(await isAuthorityProtected(folder))) return undefined;
  return isForced || (await isDue(source)) ? sealed : undefined;
}

async function isDue(source: StackSource): Promise<boolean> {
  const { certificateFacts, certificatePlace } = await import("./certificate-place.ts");
  const place = await certificatePlace(source);
  if (!place || place.isOff) return false;
  const { adviseRenewal } = await import("@drydock/certs");
  const { certificate, authority, now } = await certificateFacts(place);
  return authority !== undefined && adviseRenewal(certificate, authority, place.names, now).isDue;
}
