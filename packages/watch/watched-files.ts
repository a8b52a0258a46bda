import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { CompiledRule, WatchedService } from "./watched-service.ts";

/** A file that rules mean. */
export interface WatchedFile {
  /** Absolute. */
  readonly path: string;
  /** When its content, name or mode was last changed (the inode's change time), in milliseconds since the epoch; nobody can set it back. */
  readonly changedAt: number;
}

/** The files that a service's rules mean, as they are now, each once, by path. `only` leaves out rules. */
export async function watchedFiles(
  { rules }: WatchedService,
  only: (rule: CompiledRule) => boolean = () => true,
): Promise<readonly WatchedFile[]> {
  const lists = await Promise.all(rules.filter(only).map((rule) => filesOf(rule.path, rule)));
  const files = new Map(lists.flat().map((file) => [file.path, file]));
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function filesOf(path: string, rule: CompiledRule): Promise<readonly WatchedFile[]> {
  if (!rule.isWanted(path)) return [];
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return [{ path, changedAt: found.ctimeMs }];
  if (!found?.isDirectory()) return [];
  const names = await readdir(path).catch(() => []);
  return (await Promise.all(names.map((name) => filesOf(join(path, name), rule)))).flat();
}
