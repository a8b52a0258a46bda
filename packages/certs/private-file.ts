import { stat } from "node:fs/promises";
import { keyIsReadable } from "./errors.ts";

/** Sees to it that nobody but its owner can read a key's file; on Windows, whose modes say nothing of that, it does nothing. @throws DevError KEY_READABLE */
export async function requirePrivate(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) throw keyIsReadable(path, mode & 0o777);
}
