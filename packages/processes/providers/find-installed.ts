import { delimiter } from "node:path";
import { type ServerKind, servers } from "@drydock/core";
import { findProgram } from "../find-program.ts";

// Where package managers put servers although a user's PATH often lacks the folder.
const usualFolders = [
  "/usr/local/sbin",
  "/usr/sbin",
  "/sbin",
  "/usr/local/bin",
  "/opt/homebrew/bin",
  "/opt/local/bin",
  "/snap/bin",
];

/** The program of this machine that is a server of a kind, on PATH or where package managers put it; undefined: none. */
export async function findInstalled(
  kind: ServerKind,
  variables: Readonly<Record<string, string>>,
  directory: string,
): Promise<{ readonly program: string; readonly path: string } | undefined> {
  const folders = { ...variables, PATH: [variables.PATH ?? "", ...usualFolders].join(delimiter) };
  for (const program of servers[kind].programs) {
    const path = await findProgram(program, folders, directory);
    if (path !== undefined) return { program, path };
  }
  return undefined;
}
