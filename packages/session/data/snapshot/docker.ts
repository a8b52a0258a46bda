import { homedir } from "node:os";
import { join, posix } from "node:path";
import { findService } from "@drydock/core";
import { probeUntilReady } from "@drydock/databases";
import {
  type ContainerMounts,
  containerMounts,
  findDocker,
  type HelperMount,
  hasVolume,
  isFound,
  openVolumeHelper,
  serveVolume,
  type VolumeHelper,
} from "@drydock/docker";
import { jsonState } from "../../json-state.ts";
import type { Session } from "../../session.ts";
import { heldDatabases } from "./databases.ts";
import { dockerFiles } from "./docker-files.ts";
import { type DataEngine, type DataPlace, dataTarget, isWithin, type SnapshotHome } from "./engine.ts";
import { noContainers } from "./errors.ts";
import { snapshotFolder } from "./folder.ts";
import { ownRoot, ownSnapshots, variablesOf } from "./own-volume.ts";

const placesRoot = "/places";

/**
 * The data in the volumes of containers, reached by a container of one of their own images, without a network. Snapshots lie in a volume of the project,
 * `PROJECT_drydock`; what takes the place of data, and what it replaces, in the folder `.drydock` of the same volume.
 * @throws DevError NO_CONTAINERS, VOLUME_HELPER_FAILED
 */
export async function dockerDataEngine(session: Session, signal: AbortSignal, home: SnapshotHome): Promise<DataEngine> {
  const { environment } = session.stack;
  const variables = variablesOf(process.env);
  const docker = await findDocker({ variables, home: variables.HOME ?? homedir(), signal });
  const databases = await heldDatabases(session, signal);
  if (!isFound(docker)) throw noContainers([]);
  const remembered = jsonState<RememberedMounts>(join(session.folder.directory, "data-mounts.json"), {});
  const places = new Map<string, DataPlace>();
  const mounts: HelperMount[] = [];
  const images = new Map<string, string>();
  let imageId = "";
  for (const { service, instance } of databases) {
    const definition = findService(environment, service);
    const target = definition ? dataTarget(definition) : "";
    const found = instance?.id
      ? mountOf(await containerMounts(docker, instance.id, variables, signal), target)
      : await stillThere(remembered.read()[service], (name) => hasVolume(docker, name, variables, signal));
    if (!found) throw noContainers([service]);
    remembered.write({ ...remembered.read(), [service]: found });
    const root = posix.join(placesRoot, service);
    const live = posix.join(root, target.slice(found.mount.target.length));
    mounts.push({ ...found.mount, target: root });
    places.set(service, { live, beside: posix.join(live, ".drydock") });
    imageId ||= found.imageId;
    images.set(service, found.imageId);
  }
  const ownVolume = { project: home.project, target: ownRoot };
  let helper: Promise<VolumeHelper> | undefined;
  const open = () => {
    // Its start is not cut short: what it is needed for may be to bring the old data back.
    const { signal: whole } = new AbortController();
    helper ??= openVolumeHelper(docker, { project: environment.project, imageId, mounts, ownVolume, variables }, whole);
    return helper;
  };
  const files = dockerFiles(open);
  return {
    kind: "docker",
    files,
    snapshots: ownSnapshots,
    manifests: snapshotFolder(home.folder),
    isLasting: true,
    place: (service) => places.get(service) ?? { live: posix.join(placesRoot, service), beside: "" },
    async serve({ service, kind }, folder, abort) {
      const appends = (await files.exists(posix.join(folder, "appendonlydir"))) ? "yes" : "no";
      const words = {
        mongo: ["mongod", "--dbpath", folder, "--bind_ip_all"],
        redis: ["redis-server", "--dir", folder, "--appendonly", appends, "--protected-mode", "no"],
      }[kind];
      const port = kind === "mongo" ? 27017 : 6379;
      const request = { project: environment.project, imageId: images.get(service) ?? "", ownVolume, variables };
      const served = await serveVolume(docker, { ...request, words, port }, abort);
      const uri = kind === "mongo" ? `mongodb://${served.address}/?directConnection=true` : `redis://${served.address}`;
      try {
        await probeUntilReady(kind, uri, (ms) => session.clock.sleep(ms, abort), abort);
      } catch (error) {
        await served.stop();
        throw error;
      }
      return { uri, stop: served.stop };
    },
    close: async () => (await helper)?.close(),
  };
}

/** The mounts of the data as they were when there were containers: `down` removes those and leaves the volumes. */
type RememberedMounts = Readonly<Record<string, FoundMount>>;

interface FoundMount {
  readonly imageId: string;
  readonly mount: HelperMount;
}

function mountOf({ imageId, mounts }: ContainerMounts, target: string): FoundMount | undefined {
  const [mount] = mounts
    .filter((each) => isWithin(target, each.target))
    .sort((a, b) => b.target.length - a.target.length);
  return mount && { imageId, mount };
}

async function stillThere(
  found: FoundMount | undefined,
  hasVolumeNamed: (name: string) => Promise<boolean>,
): Promise<FoundMount | undefined> {
  if (found?.mount.kind === "volume" && !(await hasVolumeNamed(found.mount.source))) return undefined;
  return found;
}
