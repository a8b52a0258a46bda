// The MongoDB that ours is put beside: the oracle of the tests, which MONGO_ORACLE names, or the `mongod` on PATH.
import { MongoClient } from "mongodb";
import { runCommand, works } from "./run-command.mjs";
import { freePort, openServer } from "./serve.mjs";

const mongod = (port, folder) => ["mongod", "--port", `${port}`, "--dbpath", folder, "--bind_ip", "127.0.0.1"];

/** Starts it; `reason` says why there is none. `name` goes into the table, `readyMs` counts from its start. */
export async function openOtherMongo(answers) {
  const launcher = process.env.MONGO_ORACLE;
  if (launcher !== undefined && (await works("docker", "version"))) return openOracle(launcher);
  if (!(await works("which", "mongod"))) {
    const engine = launcher === undefined ? "MONGO_ORACLE names no program" : "no Docker engine answers";
    return { reason: `${engine}, and there is no mongod on PATH` };
  }
  const server = await openServer(mongod, answers);
  return connected("mongod on PATH", server.port, server.readyMs, () => server.remove());
}

/** A program that takes a port, starts a server in a container that publishes it, and prints the server's URI when it answers. */
async function openOracle(launcher) {
  const port = await freePort();
  const variables = process.env;
  const remove = async () => {
    const { stdout } = await runCommand(["docker", "ps", "-aq", "--filter", `publish=${port}`], { variables });
    const containers = stdout.split("\n").filter((id) => id !== "");
    if (containers.length > 0) await runCommand(["docker", "rm", "-f", "-v", ...containers], { variables });
  };
  try {
    const { ms } = await runCommand([launcher, `${port}`], { variables });
    return await connected("the oracle", port, ms, remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

async function connected(name, port, readyMs, remove) {
  const client = await MongoClient.connect(`mongodb://127.0.0.1:${port}/?directConnection=true`);
  const close = async () => {
    await client.close();
    await remove();
  };
  return { name, readyMs, database: client.db("bench"), close };
}
