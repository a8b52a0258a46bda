import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where the certificate authority of a user lies, for all projects: DRYDOCK_AUTHORITY, else the platform's folder for the data of programs (XDG Base
 * Directory Specification; Apple's and Microsoft's own).
 */
export function authorityFolder(variables: Readonly<Record<string, string>>): string {
  const { DRYDOCK_AUTHORITY, XDG_DATA_HOME, LOCALAPPDATA } = variables;
  if (DRYDOCK_AUTHORITY) return DRYDOCK_AUTHORITY;
  const home = variables.HOME ?? homedir();
  if (process.platform === "win32") return join(LOCALAPPDATA ?? home, "drydock", "authority");
  if (process.platform === "darwin") return join(home, "Library", "Application Support", "drydock", "authority");
  return join(XDG_DATA_HOME || join(home, ".local", "share"), "drydock", "authority");
}
