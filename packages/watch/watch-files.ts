import { stat } from "node:fs/promises";
import { dirname, sep } from "node:path";
import type { DevError } from "@drydock/core";
import { type FSWatcher, watch } from "chokidar";
import type { FileChange } from "./file-change.ts";
import type { PathFilter } from "./path-filter.ts";
import { watchLimit } from "./watch-error.ts";

/** What is watched, and who is told. */
export interface FileWatch {
  /** Absolute files and folders; those that do not exist are seen when they appear. */
  readonly paths: readonly string[];
  /** True for what is left out; a folder with all that lies in it. */
  readonly isIgnored: PathFilter;
  /** Look once a second instead of waiting for events: on file systems that give none. */
  readonly polls: boolean;
  /** `isNew`: there was no file of that name. */
  onChange(change: FileChange, isNew: boolean): void;
  /** Told once when the system gives out no more watches; polling has begun then. */
  onLimit(error: DevError): void;
}

const pollIntervalMs = 1_000;
const limits: ReadonlySet<string> = new Set(["ENOSPC", "EMFILE", "ENFILE"]);

/** Watches until the returned function is called. Resolves when everything that changes from now on will be seen. */
export async function watchFiles(request: FileWatch): Promise<() => Promise<void>> {
  let { watcher, limit } = await open(request, request.polls);
  if (limit !== undefined && !request.polls) {
    await watcher.close();
    request.onLimit(watchLimit(limit, request.paths[0] ?? ""));
    ({ watcher } = await open(request, true));
  }
  return () => watcher.close();
}

/** `limit` is the code of the limit that was met while folders were read. */
async function open(
  request: FileWatch,
  polls: boolean,
): Promise<{ readonly watcher: FSWatcher; readonly limit: string | undefined }> {
  const watcher = watch(await rootsOf(request.paths), {
    ignored: (path) => !request.paths.some((wanted) => isOnTheWay(path, wanted)) || request.isIgnored(path),
    ignoreInitial: true,
    usePolling: polls,
    interval: pollIntervalMs,
    binaryInterval: pollIntervalMs,
  });
  watcher.on("add", (path) => request.onChange({ path, kind: "written" }, true));
  watcher.on("change", (path) => request.onChange({ path, kind: "written" }, false));
  watcher.on("unlink", (path) => request.onChange({ path, kind: "removed" }, false));
  let limit: string | undefined;
  await new Promise<void>((resolve) => {
    watcher.once("ready", () => resolve());
    watcher.on("error", (error) => {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (!limits.has(code)) return; // A folder that vanished or may not be read has nothing to watch.
      limit ??= code;
      resolve();
    });
  });
  return { watcher, limit };
}

/**
 * The folders to watch: a path that is no folder, or is not there yet, is seen from the nearest folder above it. (chokidar says that it is ready too
 * early when it is given a path that does not exist.)
 */
async function rootsOf(paths: readonly string[]): Promise<string[]> {
  const folders = await Promise.all(paths.map(nearestFolder));
  return [...new Set(folders)];
}

async function nearestFolder(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() || dirname(path) === path ? path : nearestFolder(dirname(path));
}

/** A folder above a wanted path, the path itself, or what lies in it. */
function isOnTheWay(path: string, wanted: string): boolean {
  return (
    path === wanted ||
    path.startsWith(`${wanted}${sep}`) ||
    wanted.startsWith(path.endsWith(sep) ? path : `${path}${sep}`)
  );
}
