import { watch } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "@drydock/core";

// An event of inotify, FSEvents or ReadDirectoryChanges arrives within milliseconds; a loaded machine gets time.
const patienceMs = 500;

/**
 * Whether changes in a folder are told by the system: not on Windows' drives in WSL 2 (microsoft/WSL 4739), nor on many network file systems. Writes
 * a file of its own and removes it.
 */
export async function givesEvents(folder: string, clock: Clock): Promise<boolean> {
  const name = `.drydock-${process.pid}-${clock.now().toString(36)}.tmp`;
  const path = join(folder, name);
  const patience = new AbortController();
  try {
    const watcher = watch(folder, { signal: patience.signal });
    const seen = new Promise<boolean>((resolve) => {
      watcher.on("change", (_, file) => {
        if (file === name) resolve(true);
      });
      watcher.on("error", () => resolve(false));
      clock.sleep(patienceMs, patience.signal).then(
        () => resolve(false),
        () => resolve(false),
      );
    });
    await writeFile(path, "");
    return await seen;
  } catch {
    // A folder that cannot be written or watched: what can be seen in it is found by looking.
    return false;
  } finally {
    patience.abort();
    await rm(path, { force: true });
  }
}
