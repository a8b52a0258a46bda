import { readFile, stat } from "node:fs/promises";
import { type Clock, DevError } from "@drydock/core";
import { findAuthority } from "../authority-folder.ts";
import { block } from "../pair-file.ts";

/** All that is known of a certificate and its authority: what checks look at. */
export interface CertificateFacts {
  readonly authorityFolder: string;
  /** PEM; undefined when there is none, or none that can be used. */
  readonly authority: string | undefined;
  readonly authorityProblem: DevError | undefined;
  /** Its key has a passphrase. */
  readonly isProtected?: boolean;
  readonly path: string;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  /** When the file was written, in milliseconds since the epoch; undefined when there is none. */
  readonly writtenAt: number | undefined;
  /** Names that it should be for. */
  readonly names: readonly string[];
  readonly now: number;
}

/** Reads the files. Nothing is made. @throws the file system's error for files that cannot be read */
export async function readCertificateFacts(
  authorityFolder: string,
  path: string,
  names: readonly string[],
  clock: Clock,
): Promise<CertificateFacts> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return undefined;
  });
  const written = text === undefined ? undefined : await stat(path);
  const authority = await findAuthority(authorityFolder).catch((error: unknown) => {
    if (error instanceof DevError) return error;
    throw error;
  });
  const isUsable = authority !== undefined && !(authority instanceof DevError);
  return {
    authorityFolder,
    authority: isUsable ? authority.certificatePem : undefined,
    authorityProblem: authority instanceof DevError ? authority : undefined,
    isProtected: isUsable && authority.isProtected,
    path,
    certificate: text === undefined ? undefined : block(text, "CERTIFICATE"),
    key: text === undefined ? undefined : block(text, "PRIVATE KEY"),
    writtenAt: written?.mtimeMs,
    names,
    now: clock.now(),
  };
}
