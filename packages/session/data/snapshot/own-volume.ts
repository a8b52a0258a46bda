import type { Session } from "../../session.ts";
import { snapshotFolder } from "./folder.ts";

/** Where a container sees the volume of a project's snapshots. */
export const ownRoot = "/drydock";

/** The folder of the snapshots' data in it. */
export const ownSnapshots = `${ownRoot}/snapshots`;

/** Environment variables as the engine's programs are given them. */
export function variablesOf(variables: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/**
 * The volume of a project's snapshots stays, also where the data goes, while it has one that somebody wanted: `dev snapshot rm` removes those. What a seeding
 * kept is made again by the next one. On the local engine snapshots lie in the state folder, and no volume has them.
 */
export async function sparedVolumes(session: Session): Promise<readonly string[]> {
  const { engine, environment } = session.stack;
  if (engine.description.kind !== "docker") return [];
  const [{ readSnapshots }, { ownVolumeName }] = await Promise.all([
    import("@drydock/databases"),
    import("@drydock/docker"),
  ]);
  const all = await readSnapshots(snapshotFolder(session.folder));
  const isWanted = all.some(({ engine: kind, key }) => kind === "docker" && key === undefined);
  return isWanted ? [ownVolumeName(environment.project)] : [];
}

/** Those that a seeding kept in a volume are listed no more, because it is about to go. @throws the file system's error */
export async function forgetKept(session: Session): Promise<void> {
  if (session.stack.engine.description.kind !== "docker") return;
  const { readSnapshots, removeManifest } = await import("@drydock/databases");
  const folder = snapshotFolder(session.folder);
  for (const { id, engine } of await readSnapshots(folder)) if (engine === "docker") await removeManifest(folder, id);
}
