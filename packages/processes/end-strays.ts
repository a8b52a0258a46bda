import type { Environment } from "@drydock/core";
import type { EngineRoom } from "./engine-room.ts";
import { findStrays, type Stray } from "./find-strays.ts";
import { serviceMarker, sessionMarker } from "./markers.ts";
import { signalProcess } from "./process-group.ts";
import { isLive } from "./process-table.ts";

const politeMs = 2_000;

/** Ends what an instance that was stopped has left outside its group; only what carries `more` markers, where some are given. */
export async function endStrays(
  room: EngineRoom,
  environment: Environment,
  label: string,
  more: readonly string[] = [],
): Promise<void> {
  const words = [sessionMarker(room.options.sessionId), serviceMarker(label), ...more];
  const strays = await sweep(room, environment.directory);
  await Promise.all(
    strays.filter(({ markers }) => words.every((word) => markers.includes(word))).map((stray) => endStray(stray)),
  );
}

/** Asks one process to end, and kills it after so many milliseconds. Resolves when it is gone. */
export async function endStray({ pid }: Stray, waitMs = politeMs): Promise<void> {
  signalProcess(pid, "SIGTERM");
  const end = performance.now() + waitMs;
  while (await isLive(pid)) {
    if (performance.now() > end) signalProcess(pid, "SIGKILL");
    if (performance.now() > end + politeMs) return; // it waits for a disk: nothing more can be done
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const waiting = new WeakMap<EngineRoom, Promise<readonly Stray[]>>();

/** Looks at every process of the machine; stops that end at the same time share one look. */
function sweep(room: EngineRoom, directory: string): Promise<readonly Stray[]> {
  const shared = waiting.get(room);
  if (shared) return shared;
  const next = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
    waiting.delete(room); // who asks from now on needs a look that begins after that
    return findStrays(directory);
  });
  waiting.set(room, next);
  return next;
}
