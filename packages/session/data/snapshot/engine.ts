import { join } from "node:path";
import { type Environment, findService, type Service } from "@drydock/core";
import type { DataFiles } from "@drydock/databases";
import type { StateFolder } from "../../state-folder.ts";
import { snapshotFolder } from "./folder.ts";

/** Where the data of one server lies, in paths of its engine. */
export interface DataPlace {
  /** The folder that the server reads. */
  readonly live: string;
  /** A folder on the same file system, for copies that are to take its place, and for what they replace. */
  readonly beside: string;
}

/** Whose files a folder has. */
export interface ServedPart {
  readonly service: string;
  readonly kind: "mongo" | "redis";
  readonly provider: string;
}

/** A server that is there for a moment. */
export interface ScratchServer {
  readonly uri: string;
  stop(): Promise<void>;
}

/** What an engine does with the data that its servers keep; one adapter a kind of engine. */
export interface DataEngine {
  readonly kind: "docker" | "local";
  readonly files: DataFiles;
  /** The folder of the snapshots' data, in paths of the engine. */
  readonly snapshots: string;
  /** The folder of their manifests, on this machine. */
  readonly manifests: string;
  place(service: string): DataPlace;
  /** Servers go on when this process ends. */
  readonly isLasting: boolean;
  /**
   * Starts a server of its own on a folder that is a copy, for whoever wants to read it; it answers. @throws DevError NO_SCRATCH_SERVER where none is to be had
   */
  serve(part: ServedPart, folder: string, signal: AbortSignal): Promise<ScratchServer>;
  /** Lets go of what was needed for it. */
  close(): Promise<void>;
}

/** Whose snapshots are meant: a stack's own, or those of the project that a stack of tests belongs to. */
export interface SnapshotHome {
  readonly folder: StateFolder;
  readonly project: string;
}

/** The data of the local engine: volumes are folders of the state folder, binds are folders of the project. */
export function localDataEngine(
  environment: Environment,
  folder: StateFolder,
  files: DataFiles,
  serve: DataEngine["serve"],
  home: SnapshotHome = { folder, project: environment.project },
): DataEngine {
  return {
    kind: "local",
    files,
    snapshots: snapshotFolder(home.folder),
    manifests: snapshotFolder(home.folder),
    isLasting: false,
    place(name) {
      const service = findService(environment, name);
      return {
        live: service ? localFolder(service, folder.directory) : join(folder.directory, "volumes", name),
        beside: join(folder.directory, "data", name),
      };
    },
    serve,
    close: async () => undefined,
  };
}

/** The folder in a container where a server keeps its data: its flag's, else its image's (hub.docker.com/_/mongo, /_/redis). */
export function dataTarget({ image = "", command = [] }: Service): string {
  const isMongo = /mongo/.test(image);
  const words = command.flatMap((word) => word.split(/\s+/));
  const flag = isMongo ? "--dbpath" : "--dir";
  const glued = words.find((word) => word.startsWith(`${flag}=`))?.slice(flag.length + 1);
  return glued ?? words[words.indexOf(flag) + 1 || words.length] ?? (isMongo ? "/data/db" : "/data");
}

/** The same as the local engine finds it: in the mount that covers it, else with the instance. */
function localFolder(service: Service, stateDirectory: string): string {
  const target = dataTarget(service);
  const covering = service.mounts
    .filter((mount) => mount.source !== undefined && mount.kind !== "tmpfs" && isWithin(target, mount.target))
    .sort((a, b) => b.target.length - a.target.length);
  const [mount] = covering;
  if (mount?.source === undefined) return join(stateDirectory, "run", `${service.name}.1`, "data");
  const source = mount.kind === "bind" ? mount.source : join(stateDirectory, "volumes", mount.source);
  return join(source, target.slice(mount.target.length));
}

/** Whether a path of a container is a folder or in it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}
