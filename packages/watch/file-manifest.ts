import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import type { FileChange } from "./file-change.ts";
import { watchedFiles } from "./watched-files.ts";
import type { CompiledRule, WatchedService } from "./watched-service.ts";

/** What files were like: absolute paths to hashes of their bytes and mode. */
export type FileManifest = Readonly<Record<string, string>>;

/** The files that a service's rules mean, as they are now. `only` leaves out rules. */
export async function readManifest(
  service: WatchedService,
  only?: (rule: CompiledRule) => boolean,
): Promise<FileManifest> {
  const hashes: [string, string][] = [];
  for (const { path } of await watchedFiles(service, only)) {
    const hash = await hashOf(path);
    if (hash !== undefined) hashes.push([path, hash]);
  }
  return Object.fromEntries(hashes);
}

/** What was written and removed between two looks. */
export function compareManifests(before: FileManifest, after: FileManifest): readonly FileChange[] {
  const written = Object.keys(after).filter((path) => before[path] !== after[path]);
  const removed = Object.keys(before).filter((path) => after[path] === undefined);
  return [
    ...written.map((path): FileChange => ({ path, kind: "written" })),
    ...removed.map((path): FileChange => ({ path, kind: "removed" })),
  ];
}

/** Undefined for a file that vanished meanwhile. */
async function hashOf(path: string): Promise<string | undefined> {
  try {
    const [{ mode }, bytes] = await Promise.all([stat(path), readFile(path)]);
    return createHash("sha256")
      .update(String(mode & 0o777))
      .update(bytes)
      .digest("base64url")
      .slice(0, 22);
  } catch {
    return undefined;
  }
}
