import { posix } from "node:path";
import { DevError } from "@drydock/core";
import { capture, readSnapshots, type SnapshotManifest, type SnapshotSeed, writeManifest } from "@drydock/databases";
import { gitCommit } from "../../git-commit.ts";
import type { Session } from "../../session.ts";
import { currentBranch } from "../branch/store.ts";
import { fullDisk } from "../full-disk.ts";
import { type HeldDatabase, heldDatabases } from "./databases.ts";
import type { DataEngine } from "./engine.ts";
import { badName, noData, snapshotExists, snapshotFailed } from "./errors.ts";
import { partialFolder, recoverData } from "./recover.ts";
import { startServers, stopServers } from "./services.ts";
import type { AtStep } from "./steps.ts";

/** What a snapshot is to be known by. */
export interface SaveOptions {
  /** Undefined: made of the git branch and the time. */
  readonly name?: string;
  readonly dataset?: string;
  /** A hash of what the data was made from: `findSnapshotByKey` finds it again. */
  readonly key?: string;
  /** What seeding made; asked when the data is copied. */
  readonly seed?: () => Promise<SnapshotSeed>;
}

/** Copies the data of every database into a snapshot: written under another name first, so that one that is listed is whole. @throws as `saveSnapshot` */
export async function saveInto(
  session: Session,
  engine: DataEngine,
  options: SaveOptions,
  at: AtStep,
  signal: AbortSignal,
): Promise<SnapshotManifest> {
  const startedAt = session.clock.now();
  const folder = engine.manifests;
  const id = options.name ?? defaultName(session);
  if (!isFolderName(id)) throw badName("snapshot", id);
  await recoverData(session, engine, signal);
  if ((await readSnapshots(folder)).some((each) => each.id === id)) throw snapshotExists(id);
  const databases = await withData(await heldDatabases(session, signal), engine);
  const partial = posix.join(engine.snapshots, partialFolder(id));
  try {
    await engine.files.makeFolder(partial);
    at("begun");
    await captureAll(session, engine, databases, (service) => posix.join(partial, service), at, signal);
    const parts = await Promise.all(
      databases.map(async ({ service, kind, provider }) => {
        const bytes = await engine.files.bytes(posix.join(partial, service));
        return { service, kind, provider, bytes };
      }),
    );
    const commit = await gitCommit(session.stack.environment.directory);
    const manifest: SnapshotManifest = {
      version: 1,
      id,
      createdAt: new Date(startedAt).toISOString(),
      tookMs: session.clock.now() - startedAt,
      engine: engine.kind,
      bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
      parts,
      dataBranch: currentBranch(session),
      ...(session.branch === undefined ? {} : { gitBranch: session.branch }),
      ...(commit === undefined ? {} : { gitCommit: commit }),
      ...(options.dataset === undefined ? {} : { dataset: options.dataset }),
      ...(options.key === undefined ? {} : { key: options.key }),
      ...(options.seed === undefined ? {} : { seed: await options.seed() }),
    };
    await engine.files.move(partial, posix.join(engine.snapshots, id));
    at("named");
    await writeManifest(folder, manifest);
    at("listed");
    return manifest;
  } catch (error) {
    for (const name of [partialFolder(id), id])
      await engine.files.remove(posix.join(engine.snapshots, name)).catch(() => undefined); // the next command tries again
    if (signal.aborted) throw signal.reason;
    const bytes = await bytesOf(engine, databases).catch(() => undefined);
    const where = engine.kind === "local" ? engine.snapshots : undefined;
    const full = await fullDisk(session, error, { since: startedAt, folder: where, bytes });
    throw error instanceof DevError && !full ? error : snapshotFailed(error, full);
  }
}

/**
 * Copies the data of databases as it is at one time, each to the folder that `to` names. A server that runs where nobody here reaches it stops for that time.
 * @throws what servers and files say
 */
export async function captureAll(
  session: Session,
  engine: DataEngine,
  databases: readonly HeldDatabase[],
  to: (service: string) => string,
  at: AtStep,
  signal: AbortSignal,
): Promise<void> {
  const sources = databases.map(({ service, kind, uri, isEmbedded }) => ({
    kind,
    uri,
    isEmbedded,
    isLasting: engine.isLasting,
    from: engine.place(service).live,
    to: to(service),
  }));
  const hidden = databases.filter(({ isRunning, uri }) => isRunning && uri === undefined).map(({ service }) => service);
  await stopServers(session, hidden, signal);
  try {
    await capture(engine.files, sources, at, signal);
  } finally {
    await startServers(session, hidden, new AbortController().signal);
  }
}

/** Those that have data: files, or, of a Redis that runs and has not written any yet, what is in its memory. @throws DevError NO_DATA when none has */
export async function withData(
  databases: readonly HeldDatabase[],
  engine: DataEngine,
): Promise<readonly HeldDatabase[]> {
  const held = await Promise.all(databases.map(({ service }) => engine.files.list(engine.place(service).live)));
  const found = databases.filter(({ uri }, index) => uri !== undefined || (held[index]?.length ?? 0) > 0);
  if (found.length === 0) throw noData(databases.map(({ service }) => service));
  return found;
}

/** How much the files of databases are. */
export async function bytesOf(engine: DataEngine, databases: readonly HeldDatabase[]): Promise<number> {
  const sizes = await Promise.all(databases.map(({ service }) => engine.files.bytes(engine.place(service).live)));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Whether a name can be a folder's on every file system. */
function isFolderName(name: string): boolean {
  return /^[A-Za-z0-9][\w.-]{0,79}$/.test(name);
}

function defaultName(session: Session): string {
  const time = new Date(session.clock.now()).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
  return `${
    (session.branch ?? "data")
      .replaceAll(/[^\w.-]+/g, "-")
      .replace(/^[^A-Za-z0-9]+/, "")
      .slice(0, 60) || "data"
  }-${time}`;
}
