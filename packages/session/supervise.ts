import { randomUUID } from "node:crypto";
import { chmod, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { systemClock } from "@drydock/core";
import { LogStore } from "@drydock/telemetry";
import lockfile from "proper-lockfile";
import { engineFactory } from "./compose-root.ts";
import { Front } from "./front/front.ts";
import { liveSupervisor } from "./live-supervisor.ts";
import { Session } from "./session.ts";
import { readSessionRecord, type SessionRecord, writeEnd, writeSessionRecord } from "./session-record.ts";
import { socketPath } from "./socket-path.ts";
import { makeStateFolder, type StateFolder } from "./state-folder.ts";
import { identify } from "./wire/client.ts";
import { supervisorServer } from "./wire/server.ts";

// Many a command asks twice, such as `dev exec`: what there is, and then what it wants.
const lingerMs = 500;

/** How the supervisor's process began: it listens, or another one does already. */
export type Beginning = "listening" | "already-running";

/**
 * Is the supervisor of a state folder: listens on its socket, takes over the socket of a dead one, and looks after the stack
 * until `down`, a shutdown request or the signal. `serveCommand` runs `dev serve` as a child of it. Calls `onBegin` once, then resolves when all is let go.
 * @throws the file system's error when the folder or the socket cannot be made
 */
export async function supervise(
  folder: StateFolder,
  version: string,
  serveCommand: readonly string[],
  onBegin: (beginning: Beginning) => void,
  signal: AbortSignal,
): Promise<void> {
  await makeStateFolder(folder);
  const socket = socketPath(folder.directory);
  const end = new AbortController();
  let lingering: NodeJS.Timeout | undefined;
  const opened = await oneAtATime(folder, async () => {
    if (await identify(socket)) return undefined;
    await rm(socket, { force: true });
    const { session, front } = await openSession(folder, serveCommand);
    const server = supervisorServer(liveSupervisor(session, front), version, {
      onShutdown: () => end.abort(),
      // A supervisor that has nothing to look after, such as after a first `up` that found mistakes, does not stay.
      onIdle: () => {
        clearTimeout(lingering);
        if (session.board.all.length === 0) lingering = setTimeout(() => end.abort(), lingerMs);
      },
      onBusy: () => clearTimeout(lingering),
    });
    await listen(server, socket);
    return { session, front, server };
  });
  if (!opened) return onBegin("already-running");

  onBegin("listening");
  await aborted(AbortSignal.any([signal, end.signal]));
  opened.server.close();
  await rm(socket, { force: true });
  // Connections stay open until the process has ended: that is how a client knows that it has.
  await opened.front.stop();
  await opened.session.close();
  await writeEnd(folder.session, Date.now());
}

async function openSession(folder: StateFolder, serveCommand: readonly string[]): Promise<OpenSession> {
  // What the last one looked after is remembered: `down` must find it also where the files do not work any more.
  const { project, engine } = (await readSessionRecord(folder.session)) ?? {};
  const record: SessionRecord = {
    sessionId: randomUUID(),
    supervisorPid: process.pid,
    startedAt: Date.now(),
    ...(project === undefined ? {} : { project }),
    ...(engine === undefined ? {} : { engine }),
  };
  await writeSessionRecord(folder.session, record);
  const logs = await LogStore.open(folder.logs);
  const engines = engineFactory(serveCommand);
  const session = new Session({ folder, logs, engines, clock: systemClock, serveCommand, record });
  const front = new Front(session, { serveCommand, sessionId: record.sessionId });
  session.front = front;
  return { session, front };
}

interface OpenSession {
  readonly session: Session;
  readonly front: Front;
}

/** The short time in which a socket is looked at, removed and bound belongs to one process of this folder. */
async function oneAtATime<T>(folder: StateFolder, work: () => Promise<T>): Promise<T> {
  const release = await lockfile.lock(folder.directory, {
    lockfilePath: `${folder.session}.lock`,
    // A process that dies in these milliseconds leaves the lock: it counts as dead after this.
    stale: 2_000,
    retries: { retries: 200, factor: 1, minTimeout: 25, maxTimeout: 25 },
  });
  try {
    return await work();
  } finally {
    await release();
  }
}

/** Only the owner may connect: the folder is 0700 and the socket 0600. */
function listen(server: Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, () => resolve(process.platform === "win32" ? undefined : chmod(socket, 0o600)));
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
