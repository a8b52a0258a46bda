import { posix } from "node:path";
import type { SnapshotPart } from "@drydock/databases";
import type { DataEngine, ScratchServer } from "./engine.ts";

/** Starts a server on a copy of a snapshot's part, which goes when it stops: a snapshot itself is never written to. @throws DevError NO_SCRATCH_SERVER */
export async function startScratch(
  engine: DataEngine,
  part: SnapshotPart,
  folder: string,
  side: string,
  signal: AbortSignal,
): Promise<ScratchServer> {
  // Whoever comes after a crash removes it with the snapshots that are not whole.
  const copy = posix.join(engine.snapshots, `.partial-diff-${part.service}-${side}`);
  await engine.files.remove(copy);
  await engine.files.copy(folder, copy, [], signal);
  try {
    const served = await engine.serve(part, copy, signal);
    const stop = async () => {
      await served.stop();
      await engine.files.remove(copy);
    };
    return { uri: served.uri, stop };
  } catch (error) {
    await engine.files.remove(copy);
    throw error;
  }
}
