import { mkdir, mkdtemp, readFile, realpath, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DevError } from "@drydock/core";
import writeFileAtomic from "write-file-atomic";

/** Where this system looks names up before it asks anybody (hosts(5); Microsoft's "TCP/IP and NBT configuration"). */
export function hostsFilePath(variables: Readonly<Record<string, string>>): string {
  if (process.platform !== "win32") return "/etc/hosts";
  return join(variables.SystemRoot ?? "C:\\Windows", "System32", "drivers", "etc", "hosts");
}

/** Its text; empty where there is none. @throws the file system's error */
export async function readHostsFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "";
    throw error;
  }
}

/**
 * Writes it whole or not at all, with its owner and mode. Where another file cannot take its place, as in a container, which has it mounted, it is
 * written where it is. `proposal`: where the text is left for root, when this user may not write.
 * @throws DevError HOSTS_FORBIDDEN
 */
export async function writeHostsFile(path: string, text: string, proposal: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  try {
    await writeFileAtomic(target, text);
  } catch (error) {
    if (!cannotReplace.has(codeOf(error))) throw error;
    try {
      await writeFile(target, text);
    } catch (second) {
      if (codeOf(second) !== "EACCES" && codeOf(second) !== "EPERM" && codeOf(second) !== "EROFS") throw second;
      throw forbidden(path, await leave(proposal, text));
    }
  }
}

/** Leaves the text where root finds it; in a folder of its own, where the project's is not this user's. Returns the path. */
async function leave(proposal: string, text: string): Promise<string> {
  try {
    await mkdir(dirname(proposal), { recursive: true, mode: 0o700 });
    await writeFileAtomic(proposal, text, { mode: 0o644 });
    return proposal;
  } catch {
    const path = join(await mkdtemp(join(tmpdir(), "drydock-hosts-")), "hosts");
    await writeFile(path, text);
    return path;
  }
}

const cannotReplace: ReadonlySet<string> = new Set(["EBUSY", "EXDEV", "EACCES", "EPERM", "EROFS"]);

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");

/** Builds HOSTS_FORBIDDEN (exit 1): only root may write it. */
function forbidden(path: string, proposal: string): DevError {
  const command =
    process.platform === "win32"
      ? `In a terminal of an administrator: copy "${proposal}" "${path}"`
      : `sudo cp '${proposal}' '${path}'`;
  return new DevError("HOSTS_FORBIDDEN", `${path} may not be written by this user. Nothing was changed.`, {
    hint: command,
  });
}
