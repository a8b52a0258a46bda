import { readFile, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import type { ApplyContext, SyncedFile } from "@drydock/core";
import { pack } from "tar-stream";
import type { Container } from "./container.ts";
import { framedText } from "./demux.ts";
import type { EngineScope } from "./engine-scope.ts";
import { syncFailed } from "./errors.ts";
import { serviceContainers } from "./find-container.ts";

/**
 * Brings files into every container of a service, as one archive each, and removes there what is gone here. Files keep their mode and belong to the
 * container's root user, as COPY makes them. @throws DevError SYNC_FAILED
 */
export async function syncFiles(
  scope: EngineScope,
  service: string,
  files: readonly SyncedFile[],
  { environment, signal }: ApplyContext,
): Promise<void> {
  if (files.length === 0) return;
  const containers = await serviceContainers(scope, environment.project, service, signal);
  const contents = await readFiles(files);
  const gone = files.filter(({ isRemoved }) => isRemoved).map(({ target }) => target);
  await Promise.all(
    containers.map(async (container) => {
      // Also into one that crashed: what was saved is probably its correction.
      if (contents.length > 0) await putFiles(scope, container, contents, signal);
      // The engine has no call for a removal: a program in the container does it, which must run.
      if (gone.length > 0 && container.status === "running") await removeFiles(scope, container, service, gone, signal);
    }),
  );
}

interface FileContent {
  readonly target: string;
  readonly mode: number;
  readonly modifiedAt: Date;
  readonly bytes: Buffer;
}

/** What is gone by the time it is read comes again as a removal. */
async function readFiles(files: readonly SyncedFile[]): Promise<readonly FileContent[]> {
  const found = await Promise.all(
    files
      .filter(({ isRemoved }) => !isRemoved)
      .map(async ({ path, target }): Promise<readonly FileContent[]> => {
        try {
          const [{ mode, mtime }, bytes] = await Promise.all([stat(path), readFile(path)]);
          return [{ target, mode: mode & 0o777, modifiedAt: mtime, bytes }];
        } catch {
          return [];
        }
      }),
  );
  return found.flat();
}

async function putFiles(
  { api }: EngineScope,
  { id }: Container,
  contents: readonly FileContent[],
  signal: AbortSignal,
): Promise<void> {
  const archive = pack();
  for (const { target, mode, modifiedAt, bytes } of contents)
    archive.entry({ name: target.replace(/^\/+/, ""), mode, mtime: modifiedAt }, bytes);
  archive.finalize();
  await api.putArchive(id, Readable.from(archive), signal);
}

async function removeFiles(
  { api }: EngineScope,
  { id }: Container,
  service: string,
  targets: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const { exitCode, output } = await api.run(id, ["rm", "-rf", "--", ...targets], signal);
  if (exitCode !== 0) throw syncFailed(service, targets, framedText(output));
}
