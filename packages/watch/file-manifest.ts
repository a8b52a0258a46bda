import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { FileChange } from "./file-change.ts";
import type { CompiledRule, WatchedService } from "./watched-service.ts";

/** What files were like: absolute paths to hashes of their bytes and mode. */
export type FileManifest = Readonly<Record<string, string>>;

/** The files that a service's rules mean, as they are now. `only` leaves out rules. */
export async function readManifest(
  { rules }: WatchedService,
  only: (rule: CompiledRule) => boolean = () => true,
): Promise<FileManifest> {
  const lists = await Promise.all(rules.filter(only).map((rule) => filesOf(rule.path, rule)));
  const paths = [...new Set(lists.flat())].sort();
  const hashes: [string, string][] = [];
  for (const path of paths) {
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

async function filesOf(path: string, rule: CompiledRule): Promise<readonly string[]> {
  if (!rule.isWanted(path)) return [];
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return [path];
  if (!found?.isDirectory()) return [];
  const names = await readdir(path).catch(() => []);
  return (await Promise.all(names.map((name) => filesOf(join(path, name), rule)))).flat();
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
