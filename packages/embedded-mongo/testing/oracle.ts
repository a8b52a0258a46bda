import { execFile } from "node:child_process";
import { createServer } from "node:net";
import { promisify } from "node:util";
import { MongoClient } from "mongodb";

const run = promisify(execFile);

/** A MongoDB-compatible server that results are compared with. */
export interface Oracle {
  readonly client: MongoClient;
  stop(): Promise<void>;
}

// A program that takes a port, starts a MongoDB-compatible server in a container that publishes it, and prints the server's URI.
const program = process.env.MONGO_ORACLE;

/** Why there is no oracle; undefined when there is one: `describe.skipIf(whyNoOracle)`. */
export const whyNoOracle: string | undefined = await reason();

async function reason(): Promise<string | undefined> {
  if (program === undefined) return "MONGO_ORACLE names no program";
  return run("docker", ["version"], { timeout: 20_000 }).then(
    () => undefined,
    () => "no Docker engine answers",
  );
}

/** Starts an oracle of the caller's own. @throws when it does not start */
export async function startOracle(): Promise<Oracle> {
  const port = await freePort();
  const { stdout } = await run(program ?? "", [String(port)], { timeout: 60_000 });
  const client = await new MongoClient(stdout.trim(), { promoteValues: false }).connect();
  return {
    client,
    stop: async () => {
      await client.close();
      const { stdout: containers } = await run("docker", ["ps", "-q", "--filter", `publish=${port}`]);
      await run("docker", ["rm", "-f", "-v", ...containers.split("\n").filter((id) => id !== "")]);
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
