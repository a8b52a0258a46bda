import { copyFile, mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Environment, SyncedFile } from "@drydock/core";
import type { EngineRoom } from "./engine-room.ts";
import { mapPath } from "./map-paths.ts";

/**
 * A process runs in its source files: they need no bringing. What Compose would copy to a place that is another one on this machine too, such as a
 * mounted folder, is copied there.
 */
export async function syncFiles(
  room: EngineRoom,
  environment: Environment,
  service: string,
  files: readonly SyncedFile[],
): Promise<void> {
  const { blueprints } = await room.readStack(environment);
  const mappings = blueprints.get(service)?.mappings ?? [];
  await Promise.all(
    files.map(async ({ path, target, isRemoved }) => {
      const place = mapPath(target, mappings);
      if (place === undefined || place === path) return;
      if (isRemoved) return rm(place, { recursive: true, force: true });
      await mkdir(dirname(place), { recursive: true });
      await copyFile(path, place);
    }),
  );
}
