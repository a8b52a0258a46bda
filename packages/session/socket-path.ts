import { createHash } from "node:crypto";
import { mkdirSync, statSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { socketFolderIsNotOurs } from "./errors.ts";

// sun_path holds 104 bytes on macOS and 108 on Linux, with the final zero (unix(4), unix(7)).
const longestSocketPath = 103;

/**
 * Where the supervisor of a state folder listens: in the folder, else, where that path is too long for a socket, in a folder
 * of this user's under the temp directory; a named pipe on Windows.
 * @throws DevError SOCKET_FOLDER when somebody else owns that folder
 */
export function socketPath(stateDirectory: string, platform: NodeJS.Platform = process.platform): string {
  const hash = createHash("sha256").update(stateDirectory).digest("hex").slice(0, 20);
  if (platform === "win32") return `\\\\.\\pipe\\drydock-${hash}`;
  const inside = join(stateDirectory, "supervisor.sock");
  if (Buffer.byteLength(inside) <= longestSocketPath) return inside;
  const { uid } = userInfo();
  const folder = join(tmpdir(), `drydock-${uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid: owner, mode } = statSync(folder);
  if (owner !== uid || (mode & 0o077) !== 0) throw socketFolderIsNotOurs(folder);
  return join(folder, `${hash}.sock`);
}
