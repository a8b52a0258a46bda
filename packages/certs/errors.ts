import { dirname } from "node:path";
import { DevError } from "@drydock/core";

/** Builds AUTHORITY_DAMAGED (exit 1): the files of the authority are not what was written. */
export const authorityDamaged = (folder: string, why: string): DevError =>
  new DevError("AUTHORITY_DAMAGED", `The certificate authority in ${folder} cannot be used: ${why}.`, {
    hint: `Make a new one with: rm -r ${folder} && dev trust   (browsers then ask to trust the new one)`,
  });

/** Builds KEY_READABLE (exit 1): others on this machine could sign with the key. */
export const keyIsReadable = (path: string, mode: number): DevError =>
  new DevError("KEY_READABLE", `The key ${path} can be read by others (mode ${mode.toString(8)}).`, {
    hint: `If nobody else used it: chmod 600 ${path}`,
  });

/** Builds NAME_NOT_PERMITTED (exit 2): the authority's own constraints would make every client refuse the certificate. */
export const nameNotPermitted = (names: readonly string[], permitted: readonly string[]): DevError =>
  new DevError(
    "NAME_NOT_PERMITTED",
    `The certificate authority may not sign for ${names.join(", ")}: it is constrained to ${permitted.join(", ")}.`,
    { exitCode: 2, hint: "Use a name below .localhost, .test or .internal, or list the domain in dev.config.ts." },
  );

/** Builds PASSPHRASE_NEEDED (exit 1): the authority's key is protected, and nobody said with what. */
export const passphraseNeeded = (path: string): DevError =>
  new DevError("PASSPHRASE_NEEDED", `The authority's key ${path} is protected by a passphrase, which was not given.`, {
    hint: "Run `dev certs renew` on a terminal, which asks; or set DRYDOCK_CA_PASSPHRASE, or DRYDOCK_CA_PASSPHRASE_FILE, for one command.",
  });

/** Builds WRONG_PASSPHRASE (exit 1). */
export const wrongPassphrase = (path: string): DevError =>
  new DevError("WRONG_PASSPHRASE", `That is not the passphrase of ${path}.`, {
    hint: `Nothing was changed. Whoever has lost it makes a new authority: rm -r ${dirname(path)} && dev trust   (browsers then ask to trust the new one)`,
  });

/** Builds NO_AUTHORITY (exit 3): there is nothing to protect yet. */
export const noAuthority = (folder: string): DevError =>
  new DevError("NO_AUTHORITY", `There is no certificate authority in ${folder} yet.`, {
    exitCode: 3,
    hint: "`dev up` or `dev trust` makes it.",
  });

/** Builds NOT_PROTECTED (exit 2): `--remove` where there is no passphrase. */
export const notProtected = (path: string): DevError =>
  new DevError("NOT_PROTECTED", `The authority's key ${path} has no passphrase.`, {
    exitCode: 2,
    hint: "Nothing was changed: only its owner can read it (mode 0600).",
  });
