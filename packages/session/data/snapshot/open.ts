import { localFiles } from "@drydock/databases";
import type { Session } from "../../session.ts";
import { type DataEngine, localDataEngine } from "./engine.ts";
import { serveLocally } from "./serve-local.ts";

/** The door to the data of a session's stack; the caller closes it. @throws DevError NO_DOCKER and those of the docker engine */
async function openDataEngine(session: Session, signal: AbortSignal): Promise<DataEngine> {
  const { engine, environment } = session.stack;
  if (engine.description.kind === "local")
    return localDataEngine(environment, session.folder, localFiles, serveLocally(session));
  const { dockerDataEngine } = await import("./docker.ts");
  return dockerDataEngine(session, signal);
}

/** Runs work with it. @throws what the work throws */
export async function withDataEngine<T>(
  session: Session,
  signal: AbortSignal,
  work: (engine: DataEngine) => Promise<T>,
): Promise<T> {
  const engine = await openDataEngine(session, signal);
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}
