import { basename } from "node:path";
import type { Environment } from "@drydock/core";
import { defaultSettings } from "@drydock/settings";
import { isMissing, isUnusable } from "./errors.ts";
import { findRunningDirectory } from "./find-project.ts";
import type { Session } from "./session.ts";
import { readSessionRecord } from "./session-record.ts";
import type { StackSource } from "./supervisor.ts";

/**
 * Gives the session a stack for `down`, which must work when the files do not, or are gone: the stack of the last `up`, else what the
 * files say, else only the project's name from the last session's record.
 * @throws DevError BAD_CONFIGURATION when the files are wrong and no session ever ran, NO_COMPOSE_FILE
 */
export async function loadForCleanUp(session: Session, source: StackSource, signal: AbortSignal): Promise<void> {
  if (session.hasStack) return;
  try {
    await session.load(source, [], signal);
  } catch (error) {
    const record = await readSessionRecord(session.folder.session);
    if (!(isUnusable(error) || isMissing(error)) || record?.project === undefined) throw error;
    const environment = namedOnly(record.project, findRunningDirectory(source) ?? source.directory);
    const engine = record.engine === undefined ? {} : { engine: record.engine };
    await session.adopt({ environment, settings: defaultSettings, notices: [] }, { ...source, ...engine }, signal);
  }
}

function namedOnly(project: string, directory: string): Environment {
  const nothing = { files: [], profiles: [], envFiles: [], services: [], networks: [], volumes: [] };
  return { project: project || basename(directory), directory, ...nothing };
}
