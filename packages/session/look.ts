import { existsSync } from "node:fs";
import { type LogEvent, systemClock } from "@drydock/core";
import { LogStore } from "@drydock/telemetry";
import { engineFactory } from "./compose-root.ts";
import { noComposeFile } from "./errors.ts";
import { findStateFolder } from "./find-project.ts";
import { Session } from "./session.ts";
import { lastWordsOf } from "./session-record.ts";
import { makeStateFolder } from "./state-folder.ts";
import { readStatus } from "./status.ts";
import type { LogQuery, StackSource, Status } from "./supervisor.ts";

/**
 * The status of a project that nobody supervises: the engine is asked from here. Containers may run; local services cannot,
 * because they end with their supervisor.
 * @throws DevError NO_COMPOSE_FILE, BAD_CONFIGURATION
 */
export async function lookAtStatus(source: StackSource, signal: AbortSignal): Promise<Status> {
  const folder = findStateFolder(source);
  if (!folder) throw noComposeFile(source.directory);
  await makeStateFolder(folder);
  const logs = await LogStore.open(folder.logs);
  const session = new Session({ folder, logs, engines: engineFactory(), clock: systemClock });
  try {
    await session.load(source, [], signal);
    const { supervisorPid: _, ...status } = await readStatus(session, signal);
    const lastWords = await lastWordsOf(folder.session, folder.supervisorLog);
    return lastWords === undefined ? status : { ...status, lastWords };
  } finally {
    await session.close();
  }
}

/** The stored log of a project that nobody supervises. @throws DevError NO_COMPOSE_FILE */
export async function lookAtLogs(source: StackSource, query: LogQuery): Promise<readonly LogEvent[]> {
  const folder = findStateFolder(source);
  if (!folder) throw noComposeFile(source.directory);
  // To look must not need the right to write.
  if (!existsSync(folder.logs)) return [];
  const logs = await LogStore.open(folder.logs);
  const { grep, ...selection } = query;
  const pattern = grep === undefined ? undefined : new RegExp(grep);
  return logs.read({ ...selection, ...(pattern ? { matches: (text: string) => pattern.test(text) } : {}) });
}
