import type { Emit, Environment } from "@drydock/core";
import { endStray } from "./end-strays.ts";
import type { EngineRoom } from "./engine-room.ts";
import { findStrays, type Stray } from "./find-strays.ts";
import { guardianName } from "./guardian.ts";
import { sessionMarker } from "./markers.ts";
import { removeDeadPipes } from "./open-pipe.ts";
import { listProcesses, readCommandLine } from "./process-table.ts";

// A database that writes its data takes seconds to end.
const politeMs = 10_000;
const lookMs = 50;

/**
 * Ends what an earlier session of this checkout has left, before its ports and data folders are used again. Where its guardian is
 * at work, waits for it: a second SIGTERM makes some servers drop what they were about to save.
 */
export async function endEarlierSessions(
  room: EngineRoom,
  environment: Environment,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  await removeDeadPipes();
  const own = sessionMarker(room.options.sessionId);
  const find = async () => (await findStrays(environment.directory)).filter(({ markers }) => !markers.includes(own));
  const found = await find();
  if (found.length === 0) return;
  let left: readonly Stray[] = found;
  while (left.length > 0 && (await hasGuardian(left))) {
    await room.options.clock.sleep(lookMs, signal);
    left = await find();
  }
  await Promise.all(left.map((stray) => endStray(stray, politeMs)));
  const message = `an earlier session had left ${found.length} ${found.length === 1 ? "process" : "processes"}: they were ended`;
  emit({ kind: "notice", at: room.options.clock.now(), level: "info", message });
}

async function hasGuardian(strays: readonly Stray[]): Promise<boolean> {
  const sessions = new Set(
    strays.flatMap(({ markers }) => markers.filter((word) => word.startsWith("DRYDOCK_SESSION="))),
  );
  const commands = await Promise.all((await listProcesses()).map(({ pid }) => readCommandLine(pid)));
  return commands.some(
    (command) => command?.includes(guardianName) && [...sessions].some((word) => command.endsWith(word)),
  );
}
