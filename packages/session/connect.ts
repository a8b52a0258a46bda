import { spawn } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { dirname } from "node:path";
import { noComposeFile, supervisorDidNotStart } from "./errors.ts";
import { findRunningDirectory, findRunningFolder } from "./find-project.ts";
import { socketPath } from "./socket-path.ts";
import { makeStateFolder, type StateFolder } from "./state-folder.ts";
import type { StackSource, Supervisor } from "./supervisor.ts";
import { identify, requestShutdown, supervisorClient } from "./wire/client.ts";
import { protocolVersion } from "./wire/protocol.ts";

/** Who asks: the version that this program speaks, and how it starts itself as a supervisor. */
export interface ClientProgram {
  readonly version: string;
  /** Arguments for Node that run the supervisor of a state folder, which is passed as the last one. */
  readonly superviseArguments: readonly string[];
}

/** The running supervisor of a source's project; undefined when none answers. @throws DevError NO_COMPOSE_FILE */
export async function connect(source: StackSource, program: ClientProgram): Promise<Supervisor | undefined> {
  const socket = socketPath(requireStateFolder(source).directory);
  return (await identify(socket)) ? supervisorClient(socket, program.version) : undefined;
}

/** The running supervisor, or a new one. @throws DevError NO_COMPOSE_FILE, SUPERVISOR_DID_NOT_START */
export async function connectOrStart(source: StackSource, program: ClientProgram): Promise<Supervisor> {
  const folder = requireStateFolder(source);
  const socket = socketPath(folder.directory);
  if (!(await identify(socket))) await startSupervisor(folder, source, program);
  return supervisorClient(socket, program.version);
}

/**
 * Ends a supervisor that speaks another protocol, so that `down` can go on with a new one; leaves one of ours alone.
 * Local services end with it, containers stay.
 */
export async function endForeignSupervisor(source: StackSource): Promise<void> {
  const socket = socketPath(requireStateFolder(source).directory);
  const identity = await identify(socket);
  if (!identity || identity.protocol === protocolVersion) return;
  await requestShutdown(socket);
  while (await identify(socket)) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Resolves when the supervisor that answers now has ended: its end closes every connection. Call it before what ends it. */
export function supervisorEnd(source: StackSource): Promise<void> {
  return new Promise((resolve) => {
    const connection = createConnection(socketPath(requireStateFolder(source).directory));
    connection.on("error", () => undefined);
    connection.once("close", () => resolve());
  });
}

function requireStateFolder(source: StackSource): StateFolder {
  const folder = findRunningFolder(source);
  if (folder === undefined) throw noComposeFile(source.directory);
  return folder;
}

async function startSupervisor(folder: StateFolder, source: StackSource, program: ClientProgram): Promise<void> {
  await makeStateFolder(folder);
  const log = await open(folder.supervisorLog, "w", 0o600);
  try {
    const child = spawn(process.execPath, [...program.superviseArguments, folder.directory], {
      cwd: findRunningDirectory(source) ?? dirname(folder.directory),
      env: { ...source.variables },
      detached: true,
      stdio: ["ignore", log.fd, log.fd, "ipc"],
      windowsHide: true,
    });
    const reason = await new Promise<string | undefined>((resolve) => {
      child.once("message", () => resolve(undefined));
      child.once("error", (error) => resolve(error.message));
      child.once("exit", (code, signal) =>
        resolve(signal ? `it was ended by ${signal}` : `it exited with code ${code}`),
      );
    });
    if (child.connected) child.disconnect();
    child.unref();
    if (reason !== undefined) throw supervisorDidNotStart(reason, await lastLines(folder.supervisorLog));
  } finally {
    await log.close();
  }
}

async function lastLines(path: string): Promise<readonly string[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-10);
}
