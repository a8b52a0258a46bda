import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { serializeError } from "@drydock/core";
import { planDatabases, type TestDatabasesOptions } from "./database-plan.ts";
import { type OwnDatabases, startOwnDatabases } from "./own-databases.ts";
import { makeScratchFolder } from "./scratch-folder.ts";

/** Gives each worker of a test run a pair of databases. */
export interface DatabaseKeeper {
  /** POST to `<address>/<worker>` answers the variables of that worker's databases, with the data of the beginning, as JSON. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Keeps the databases of a test run, in threads of this process: a pair for each worker, started when it first asks, as it was at the beginning whenever it asks
 * again. @throws DevError those of `planDatabases`
 */
export async function openDatabaseKeeper(options: TestDatabasesOptions): Promise<DatabaseKeeper> {
  const scratch = makeScratchFolder();
  const pairs = new Map<string, Promise<OwnDatabases>>();
  const plan = await planDatabases(options, join(scratch.path, "template"), () => undefined).catch((error: unknown) => {
    scratch.remove();
    throw error;
  });
  const give = async (worker: string): Promise<Readonly<Record<string, string>>> => {
    const known = pairs.get(worker);
    const pair = known ?? startOwnDatabases(plan, join(scratch.path, `worker-${worker}`));
    pairs.set(worker, pair);
    const databases = await pair;
    if (known) await databases.reset();
    return databases.variables;
  };
  const server = createServer((request, response) => {
    const [, worker = ""] = /^\/(\d+)$/.exec(request.url ?? "") ?? [];
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    if (worker === "" || request.method !== "POST") answer(404, {});
    else
      give(worker).then(
        (variables) => answer(200, variables),
        (error: unknown) => answer(500, serializeError(error)),
      );
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await Promise.allSettled([...pairs.values()].map(async (pair) => (await pair).stop()));
      scratch.remove();
    },
  };
}
