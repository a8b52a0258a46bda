import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { RedisOptions } from "../start-redis.ts";

/** An embedded server in a process of its own, which can be killed. */
export interface ChildServer {
  readonly port: number;
  /** What it logged. */
  readonly lines: readonly string[];
  /** Ends at once, as by a crash. */
  kill(): Promise<void>;
  /** Ends in order. */
  stop(): Promise<void>;
  /** Resolves when it ended, with its exit code. */
  readonly ended: Promise<number | null>;
}

const entry = new URL("../start-redis.ts", import.meta.url).href;

/** Options cross as JSON; the child ends with its standard input, so that it never outlives the test. */
const source = `
import { createJiti } from ${JSON.stringify(import.meta.resolve("jiti"))};
const { startRedis } = await createJiti(${JSON.stringify(entry)}).import(${JSON.stringify(entry)});
const options = JSON.parse(process.env.REDIS_OPTIONS);
const say = (event) => process.stdout.write(JSON.stringify(event) + "\\n");
try {
  const server = await startRedis({ ...options, log: (line) => say({ line }), onShutdown: () => process.exit(0) });
  process.stdin.on("data", () => server.stop().then(() => process.exit(0)));
  process.stdin.on("end", () => process.exit(1));
  say({ port: server.port });
} catch (error) {
  say({ error: error.message });
  process.exit(1);
}
`;

/** Starts it. @throws with the server's own message when it does not start */
export async function startChildServer(options: RedisOptions): Promise<ChildServer> {
  const args = ["--input-type=module", "--eval", source];
  const child = spawn(process.execPath, args, {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, REDIS_OPTIONS: JSON.stringify(options) },
  });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const lines: string[] = [];
  const port = await firstPort(child, lines, ended);
  return {
    port,
    lines,
    ended,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      child.stdin?.write("stop\n");
      await ended;
    },
  };
}

function firstPort(child: ChildProcess, lines: string[], ended: Promise<unknown>): Promise<number> {
  return new Promise((resolve, reject) => {
    let rest = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      const parts = (rest + chunk.toString()).split("\n");
      rest = parts.pop() ?? "";
      for (const part of parts) {
        const event = JSON.parse(part) as { port?: number; line?: string; error?: string };
        if (event.line !== undefined) lines.push(event.line);
        if (event.port !== undefined) resolve(event.port);
        if (event.error !== undefined) reject(new Error(event.error));
      }
    });
    void ended.then(() => reject(new Error("the server ended before it listened")));
  });
}
