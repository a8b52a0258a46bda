import { posix } from "node:path";
import { localFiles, readSnapshots, removeManifest, type SnapshotManifest } from "@drydock/databases";
import type { Session } from "../../session.ts";
import { snapshotFolder } from "./folder.ts";

/**
 * Removes snapshots, whatever runs: of the stack's servers nothing is needed. The volume that had the last of a project on Docker goes with it.
 * @throws DevError SNAPSHOT_AWAY, NO_IMAGE, VOLUME_HELPER_FAILED; nothing was removed then
 */
export async function removeSnapshots(
  session: Session,
  wanted: readonly SnapshotManifest[],
  signal: AbortSignal,
): Promise<void> {
  const folder = snapshotFolder(session.folder);
  const [inVolume, here] = [wanted.filter(({ engine }) => engine === "docker"), wanted.filter(isHere)];
  if (inVolume.length > 0) {
    const { dropFromVolume } = await import("./drop-from-volume.ts");
    const ids = inVolume.map(({ id }) => id);
    const all = await readSnapshots(folder);
    const isLast = all.every((each) => isHere(each) || ids.includes(each.id));
    const forget = () => Promise.all(ids.map((id) => removeManifest(folder, id)));
    await dropFromVolume(session, { ids, isLast, forget }, signal);
  }
  for (const { id } of here) {
    await removeManifest(folder, id);
    await localFiles.remove(posix.join(folder, id));
  }
}

const isHere = ({ engine }: SnapshotManifest): boolean => engine === "local";
