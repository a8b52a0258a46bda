import type { Clock, Emit } from "@drydock/core";
import type { BackupProgress } from "@drydock/databases";

// A person sees no more than this, and a reader over the socket should not have to.
const everyMs = 100;

/** Makes events of how far a backup is: of each task one in a while. */
export function progressEvents(clock: Clock, emit: Emit): (progress: BackupProgress) => void {
  const told = new Map<string, number>();
  return (progress) => {
    const at = clock.now();
    if (at - (told.get(progress.task) ?? 0) < everyMs) return;
    told.set(progress.task, at);
    emit({ kind: "progress", at, ...progress });
  };
}
