import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { MongoClient } from "mongodb";

const run = promisify(execFile);

/** A MongoDB-compatible server that results are compared with. */
export interface Oracle {
  readonly client: MongoClient;
  stop(): Promise<void>;
}

// Beside the checkout, or wherever MONGO_ORACLE says: a program that takes a port, starts a server in a container named for it, and prints its URI.
const beside = fileURLToPath(new URL("../../../../shared/lab/oracle", import.meta.url));
const program = process.env["MONGO_ORACLE"] ?? (existsSync(beside) ? beside : undefined);

/** Why there is no oracle; undefined when there is one: `describe.skipIf(whyNoOracle)`. */
export const whyNoOracle: string | undefined = await reason();

async function reason(): Promise<string | undefined> {
  if (program === undefined) return "no oracle is installed (MONGO_ORACLE names its program)";
  return run("docker", ["info"], { timeout: 5000 }).then(
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
      await run("docker", ["rm", "-f", `lab-oracle-${port}`]);
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
