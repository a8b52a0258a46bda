import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect, createServer } from "node:net";
import { delimiter, join } from "node:path";

/** A real server of a test. */
export interface TestServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Why a program cannot be used, for the names of tests; undefined where it can. */
export function absence(program: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.some((folder) => existsSync(join(folder, program))) ? undefined : ` (skipped: no ${program} on PATH)`;
}

/** Starts a server in a process group of its own; `words` get the port. */
export async function startServer(
  program: string,
  words: (port: number) => readonly string[],
  port?: number,
): Promise<TestServer> {
  const chosen = port ?? (await freePort());
  const child = spawn(program, words(chosen), { stdio: "ignore", detached: true });
  const ended = once(child, "exit");
  return {
    port: chosen,
    async stop() {
      const isAlive = child.exitCode === null && child.signalCode === null;
      if (child.pid !== undefined && isAlive) process.kill(-child.pid, "SIGTERM");
      await ended;
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

/** Resolves when something takes connections at a port of this machine. */
export async function refusesNothing(port: number): Promise<void> {
  const connects = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
  await until(connects, (isConnected) => isConnected);
}

/** Asks every 20 ms until the answer is one to return. @throws the last answer, after 30 s */
export async function until<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
  const end = performance.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (performance.now() > end) throw new Error(`it is still ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
