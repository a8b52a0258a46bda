import { homedir } from "node:os";
import { posix } from "node:path";
import { nothingObserved } from "@drydock/core";
import { findDocker, firstImage, isFound, openVolumeHelper, removeOwnVolume } from "@drydock/docker";
import type { Session } from "../../session.ts";
import { findDatabases } from "../find-databases.ts";
import { dockerFiles } from "./docker-files.ts";
import { noHelperImage, snapshotAway } from "./errors.ts";
import { ownRoot, ownSnapshots, variablesOf } from "./own-volume.ts";

/** Snapshots that lie in the volume of a project. */
export interface VolumeDrop {
  readonly ids: readonly string[];
  /** No other lies in it. */
  readonly isLast: boolean;
  /** Takes them off the list, before their data goes. */
  forget(): Promise<unknown>;
}

/** Removes their data, or the volume with the last of it. @throws DevError SNAPSHOT_AWAY, NO_IMAGE, VOLUME_HELPER_FAILED */
export async function dropFromVolume(
  session: Session,
  { ids, isLast, forget }: VolumeDrop,
  signal: AbortSignal,
): Promise<void> {
  const { environment } = session.stack;
  const { project } = environment;
  const variables = variablesOf(process.env);
  const docker = await findDocker({ variables, home: variables.HOME ?? homedir(), signal });
  if (!isFound(docker)) throw snapshotAway(ids);
  if (isLast) {
    await forget();
    return removeOwnVolume(docker, project, variables, signal);
  }
  const databases = findDatabases(environment, nothingObserved).map(({ service }) => service);
  const services = environment.services.filter(({ name }) => databases.includes(name));
  const images = services.flatMap(({ image }) => image ?? []);
  const imageId = await firstImage(docker, images, variables, signal);
  if (imageId === undefined) throw noHelperImage(images);
  const request = { project, imageId, mounts: [], ownVolume: { project, target: ownRoot }, variables };
  const helper = await openVolumeHelper(docker, request, signal);
  try {
    const files = dockerFiles(async () => helper);
    await forget();
    for (const id of ids) await files.remove(posix.join(ownSnapshots, id));
  } finally {
    await helper.close();
  }
}
