import { homedir } from "node:os";
import { posix } from "node:path";
import { findService } from "@drydock/core";
import {
  containerMounts,
  findDocker,
  type HelperMount,
  isFound,
  openVolumeHelper,
  type VolumeHelper,
} from "@drydock/docker";
import type { Session } from "../session.ts";
import { heldDatabases } from "./snapshot-databases.ts";
import { dockerFiles } from "./snapshot-docker-files.ts";
import { type DataEngine, type DataPlace, dataTarget, isWithin } from "./snapshot-engine.ts";
import { noContainers } from "./snapshot-errors.ts";

const placesRoot = "/places";
const ownRoot = "/drydock";

/**
 * The data in the volumes of containers, reached by a container of one of their own images, without a network. Snapshots lie in a volume of the project,
 * `PROJECT_drydock`; what takes the place of data, and what it replaces, in the folder `.drydock` of the same volume.
 * @throws DevError NO_CONTAINERS, VOLUME_HELPER_FAILED
 */
export async function dockerDataEngine(session: Session, signal: AbortSignal): Promise<DataEngine> {
  const { environment } = session.stack;
  const variables = variablesOf(process.env);
  const docker = await findDocker({ variables, home: variables.HOME ?? homedir(), signal });
  const databases = await heldDatabases(session, signal);
  const missing = databases.filter(({ instance }) => !instance?.id).map(({ service }) => service);
  if (!isFound(docker) || missing.length > 0) throw noContainers(missing);
  const places = new Map<string, DataPlace>();
  const mounts: HelperMount[] = [];
  let imageId = "";
  for (const { service, instance } of databases) {
    const found = await containerMounts(docker, instance?.id ?? "", variables, signal);
    const definition = findService(environment, service);
    const target = definition ? dataTarget(definition) : "";
    const [mount] = found.mounts
      .filter((each) => isWithin(target, each.target))
      .sort((a, b) => b.target.length - a.target.length);
    if (!mount) throw noContainers([service]);
    const root = posix.join(placesRoot, service);
    const live = posix.join(root, target.slice(mount.target.length));
    mounts.push({ ...mount, target: root });
    places.set(service, { live, beside: posix.join(live, ".drydock") });
    imageId ||= found.imageId;
  }
  const ownVolume = { kind: "volume", source: `${environment.project}_drydock`, target: ownRoot } as const;
  let helper: Promise<VolumeHelper> | undefined;
  const open = () => {
    // Its start is not cut short: what it is needed for may be to bring the old data back.
    const { signal: whole } = new AbortController();
    helper ??= openVolumeHelper(docker, { project: environment.project, imageId, mounts, ownVolume, variables }, whole);
    return helper;
  };
  return {
    kind: "docker",
    files: dockerFiles(open),
    snapshots: posix.join(ownRoot, "snapshots"),
    isLasting: true,
    place: (service) => places.get(service) ?? { live: posix.join(placesRoot, service), beside: "" },
    close: async () => (await helper)?.close(),
  };
}

function variablesOf(variables: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
