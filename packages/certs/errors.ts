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
