import { localFiles } from "@drydock/databases";
import type { Session } from "../../session.ts";
import { type DataEngine, localDataEngine, type SnapshotHome } from "./engine.ts";
import { serveLocally } from "./serve-local.ts";

/** The door to the data of a session's stack; the caller closes it. @throws DevError NO_DOCKER and those of the docker engine */
async function openDataEngine(session: Session, signal: AbortSignal, home: SnapshotHome): Promise<DataEngine> {
  const { engine, environment } = session.stack;
  if (engine.description.kind === "local")
    return localDataEngine(environment, session.folder, localFiles, serveLocally(session), home);
  const { dockerDataEngine } = await import("./docker.ts");
  return dockerDataEngine(session, signal, home);
}

/** Runs work with it; `home` says whose snapshots are meant where they are not the stack's own. @throws what the work throws */
export async function withDataEngine<T>(
  session: Session,
  signal: AbortSignal,
  work: (engine: DataEngine) => Promise<T>,
  home?: SnapshotHome,
): Promise<T> {
  const own = { folder: session.folder, project: session.stack.environment.project };
  const engine = await openDataEngine(session, signal, home ?? own);
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}
