import { homedir } from "node:os";
import { join } from "node:path";

/** Where the certificate authority of a user lies, for all projects: DRYDOCK_AUTHORITY, else in the folder for data. */
export function authorityFolder(variables: Readonly<Record<string, string>>): string {
  return variables.DRYDOCK_AUTHORITY || join(dataFolder(variables), "authority");
}

/** Where the accounts at ACME authorities lie, and the certificates that they signed. */
export const acmeFolder = (variables: Readonly<Record<string, string>>): string => join(dataFolder(variables), "acme");

/** A user's folder for our data: the platform's own (XDG Base Directory Specification; Apple's and Microsoft's). */
function dataFolder(variables: Readonly<Record<string, string>>): string {
  const { XDG_DATA_HOME, LOCALAPPDATA } = variables;
  const home = variables.HOME ?? homedir();
  if (process.platform === "win32") return join(LOCALAPPDATA ?? home, "drydock");
  if (process.platform === "darwin") return join(home, "Library", "Application Support", "drydock");
  return join(XDG_DATA_HOME || join(home, ".local", "share"), "drydock");
}
