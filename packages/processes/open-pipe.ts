import { execFile } from "node:child_process";
import { close, constants, open } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { isLive } from "./process-table.ts";

/** A pipe of the operating system: what is written to the descriptor is read from the stream. */
export interface Pipe {
  /** Give it to a child, then close it here: the stream ends when the last holder closes it. */
  readonly writeEnd: number;
  readonly readEnd: Socket;
}

const prefix = "drydock-pipe-";

/** Removes the folders of processes that were killed in the moment in which a pipe still has a name. */
export async function removeDeadPipes(folder = tmpdir()): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(prefix));
  for (const name of names) {
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    if (pid > 0 && !(await isLive(pid))) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/**
 * Makes real pipes for a child's output. Node gives children sockets, and a program that opens /dev/stdout by its name, as
 * nginx and many images do, cannot open a socket (ENXIO, unix(7)). Node has no pipe(2); a FIFO without a name is one.
 * @throws the system's error, where there is no `mkfifo`
 */
export async function openPipes(count: number): Promise<readonly Pipe[]> {
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  try {
    const paths = Array.from({ length: count }, (_, index) => join(folder, String(index)));
    await promisify(execFile)("mkfifo", ["-m", "600", ...paths]);
    return await Promise.all(paths.map(openPipe));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function openPipe(path: string): Promise<Pipe> {
  // Non-blocking, so that opening does not wait for the other end, and the event loop can read it (fifo(7)).
  const readFd = await promisify(open)(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writeEnd = await promisify(open)(path, constants.O_WRONLY);
  return { writeEnd, readEnd: new Socket({ fd: readFd, readable: true, writable: false }) };
}

/** Closes this process's copy of a pipe's write end. */
export function closeWriteEnd({ writeEnd }: Pipe): Promise<void> {
  return promisify(close)(writeEnd);
}
