import { cp, mkdir, rm } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { serializeError } from "@drydock/core";
import type { RunningMongo } from "@drydock/embedded-mongo";
import type { RunningRedis } from "@drydock/embedded-redis";
import type { ServerThreadRequest, ThreadAct, ThreadAddresses, ThreadQuestion } from "./server-thread-protocol.ts";

/** Is a thread that runs database servers for tests, until it is ended. */
export function runServerThread(): void {
  const port = parentPort;
  if (!port) return;
  // The other end of the protocol.
  const servers = new ThreadServers(workerData as ServerThreadRequest);
  port.on("message", ({ id, act }: ThreadQuestion) =>
    servers.act(act).then(
      (addresses) => port.postMessage({ id, addresses }),
      (error: unknown) => port.postMessage({ id, error: serializeError(error) }),
    ),
  );
}

/** A MongoDB and a Redis, or one of them, with their data. */
class ThreadServers {
  readonly #request: ServerThreadRequest;
  #mongo: RunningMongo | undefined;
  #redis: RunningRedis | undefined;

  constructor(request: ServerThreadRequest) {
    this.#request = request;
  }

  /** @throws DevError those of the servers */
  async act(act: ThreadAct): Promise<ThreadAddresses> {
    // A reset is a start on the data of the beginning, on the same ports: whatever a test did to a server is gone, users and settings too.
    if (act !== "start") await Promise.all([this.#mongo?.stop(), this.#redis?.stop()]);
    if (act !== "stop") await Promise.all([this.#startMongo(act === "reset"), this.#startRedis(act === "reset")]);
    const place = (server: RunningMongo | RunningRedis) => ({ uri: server.uri, port: server.port });
    return {
      ...(this.#mongo ? { mongo: place(this.#mongo) } : {}),
      ...(this.#redis ? { redis: place(this.#redis) } : {}),
    };
  }

  async #startMongo(isReset: boolean): Promise<void> {
    const { mongo: wanted } = this.#request;
    if (!wanted) return;
    const [{ startMongo }] = await Promise.all([import("@drydock/embedded-mongo"), fill(wanted, isReset)]);
    this.#mongo = await startMongo({ ...wanted, port: this.#mongo?.port ?? wanted.port });
  }

  async #startRedis(isReset: boolean): Promise<void> {
    const { redis: wanted } = this.#request;
    if (!wanted) return;
    const [{ startRedis }] = await Promise.all([import("@drydock/embedded-redis"), fill(wanted, isReset)]);
    this.#redis = await startRedis({ ...wanted, port: this.#redis?.port ?? wanted.port });
  }
}

/** The data of the beginning. */
async function fill({ dataDirectory, template }: { dataDirectory: string; template?: string }, isReset: boolean) {
  if (isReset) await rm(dataDirectory, { recursive: true, force: true });
  if (template !== undefined) await cp(template, dataDirectory, { recursive: true });
  else await mkdir(dataDirectory, { recursive: true });
}
