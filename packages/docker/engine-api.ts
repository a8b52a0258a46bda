import type { Readable } from "node:stream";
import type Dockerode from "dockerode";
import type { Container } from "./container.ts";
import { connectionTo, type DockerConnection } from "./docker-connection.ts";
import type { DockerHost } from "./docker-host.ts";
import { projectLabel } from "./labels.ts";
import { type ListedContainer, readListed } from "./listed-container.ts";
import { readContainer } from "./read-container.ts";
import { forRequest, terse } from "./terse.ts";

/** What a container answered to a command run inside it. */
export interface RunResult {
  readonly exitCode: number;
  /** Both streams as they came, framed as the engine sends them. */
  readonly output: Buffer;
}

/** An image as far as it matters here. */
export interface ImageFacts {
  readonly id: string;
}

/** The Engine API, as much of it as this package uses: the one file that knows dockerode. What is not there reads as undefined. */
export class EngineApi {
  readonly #connection: DockerConnection;
  #client: Promise<Dockerode> | undefined;

  constructor(host: DockerHost) {
    this.#connection = connectionTo(host);
    terse(this.#connection.agent);
  }

  async listContainers(labels: readonly string[], signal: AbortSignal): Promise<readonly ListedContainer[]> {
    const docker = await this.#docker();
    const found = await docker.listContainers({
      all: true,
      filters: { label: [...labels] },
      abortSignal: forRequest(signal),
    });
    return found.map(readListed);
  }

  async inspect(id: string, signal: AbortSignal): Promise<Container | undefined> {
    const docker = await this.#docker();
    return orUndefined(async () =>
      readContainer(await docker.getContainer(id).inspect({ abortSignal: forRequest(signal) })),
    );
  }

  /** Starts a container; one that runs already is left alone. @throws EngineFailure */
  async start(id: string, signal: AbortSignal): Promise<void> {
    const docker = await this.#docker();
    await done(() => docker.getContainer(id).start({ abortSignal: forRequest(signal) }), [304]);
  }

  async unpause(id: string, signal: AbortSignal): Promise<void> {
    const docker = await this.#docker();
    await done(() => docker.getContainer(id).unpause({ abortSignal: forRequest(signal) }));
  }

  /** Sends the container's stop signal, waits so many seconds, then kills. One that is stopped or gone is left alone. */
  async stop(id: string, graceSeconds: number, signal: AbortSignal): Promise<void> {
    const docker = await this.#docker();
    await done(() => docker.getContainer(id).stop({ t: graceSeconds, abortSignal: forRequest(signal) }), [304, 404]);
  }

  /** Removes a container and its anonymous volumes, killing it where it still runs; resolves when it is gone. */
  async remove(id: string, signal: AbortSignal): Promise<void> {
    const docker = await this.#docker();
    const container = docker.getContainer(id);
    try {
      await container.remove({ v: true, force: true, abortSignal: forRequest(signal) });
    } catch (error) {
      if (statusOf(error) === 404) return;
      // 409: somebody else is removing it. Wait for that to end.
      if (statusOf(error) !== 409) throw toFailure(error);
      await done(() => container.wait({ condition: "removed", abortSignal: forRequest(signal) }), [404]);
    }
  }

  /** The volumes of a container that nobody named: the engine makes a name of 64 hexadecimal digits (moby, stringid.GenerateRandomID). */
  async unnamedVolumes(id: string, signal: AbortSignal): Promise<readonly string[]> {
    const docker = await this.#docker();
    const found = await orUndefined(() => docker.getContainer(id).inspect({ abortSignal: forRequest(signal) }));
    return (found?.Mounts ?? []).flatMap(({ Type, Name = "" }) =>
      Type === "volume" && /^[0-9a-f]{64}$/.test(Name) ? [Name] : [],
    );
  }

  /** Unpacks a tar archive at the root of the container's files. @throws EngineFailure */
  async putArchive(id: string, archive: Readable, signal: AbortSignal): Promise<void> {
    const docker = await this.#docker();
    await done(() => docker.getContainer(id).putArchive(archive, { path: "/", abortSignal: forRequest(signal) }));
  }

  /** Runs a command with the container's own user and environment and waits for its end. @throws EngineFailure where it does not run */
  async run(id: string, command: readonly string[], signal: AbortSignal): Promise<RunResult> {
    const docker = await this.#docker();
    return done(async () => {
      const made = { Cmd: [...command], AttachStdout: true, AttachStderr: true, abortSignal: forRequest(signal) };
      const exec = await docker.getContainer(id).exec(made);
      const stream = await exec.start({ abortSignal: forRequest(signal) });
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(Buffer.from(chunk));
      const { ExitCode } = await exec.inspect({ abortSignal: forRequest(signal) });
      return { exitCode: ExitCode ?? -1, output: Buffer.concat(chunks) };
    });
  }

  /** A container's log as it grows, framed, unless the container has a terminal; ends when the container does. */
  async followLog(id: string, from: LogStart, signal: AbortSignal): Promise<Readable> {
    const docker = await this.#docker();
    const query = { ...logQuery, ...from, follow: true as const, abortSignal: forRequest(signal) };
    return done(async () => (await docker.getContainer(id).logs(query)) as Readable);
  }

  /** The last so many lines of a container's log, framed in the same way. */
  async readLogEnd(id: string, tail: number, signal: AbortSignal): Promise<Buffer> {
    const docker = await this.#docker();
    const query = { ...logQuery, tail, follow: false as const, abortSignal: forRequest(signal) };
    return done(() => docker.getContainer(id).logs(query));
  }

  /** One sample of a container's use, unconverted (ContainerStats); undefined when it does not run. */
  async stats(id: string, signal: AbortSignal): Promise<unknown> {
    const docker = await this.#docker();
    const query = { stream: false as const, "one-shot": true, abortSignal: forRequest(signal) };
    return orUndefined(() => docker.getContainer(id).stats(query));
  }

  /** JSON lines of what happens to containers with these labels, from `since` (seconds, with a fraction) on. */
  async events(labels: readonly string[], since: number | undefined, signal: AbortSignal): Promise<Readable> {
    const docker = await this.#docker();
    const filters = { type: ["container" as const], label: [...labels] };
    const query = { filters, ...(since === undefined ? {} : { since }), abortSignal: forRequest(signal) };
    return done(async () => (await docker.getEvents(query)) as Readable);
  }

  async image(name: string, signal: AbortSignal): Promise<ImageFacts | undefined> {
    const docker = await this.#docker();
    const query: { manifests?: boolean; abortSignal: AbortSignal } = { abortSignal: forRequest(signal) };
    return orUndefined(async () => ({ id: (await docker.getImage(name).inspect(query)).Id }));
  }

  async networks(
    project: string,
    signal: AbortSignal,
  ): Promise<readonly { readonly id: string; readonly name: string }[]> {
    const docker = await this.#docker();
    const query = { filters: { label: [`${projectLabel}=${project}`] }, abortSignal: forRequest(signal) };
    const found = await docker.listNetworks(query);
    return found.map(({ Id, Name }) => ({ id: Id, name: Name }));
  }

  /** The names of a network's containers; undefined when it is gone. */
  async networkMembers(name: string, signal: AbortSignal): Promise<readonly string[] | undefined> {
    const docker = await this.#docker();
    return orUndefined(async () => {
      const { Containers } = await docker.getNetwork(name).inspect();
      signal.throwIfAborted();
      const members: Readonly<Record<string, { readonly Name: string }>> = Containers ?? {};
      return Object.values(members).map((each) => each.Name);
    });
  }

  /** The gateways of the default bridge: what `host-gateway` stands for (dockerd, `--host-gateway-ip`). */
  async bridgeGateways(signal: AbortSignal): Promise<readonly string[]> {
    const docker = await this.#docker();
    const bridge = await orUndefined(() => docker.getNetwork("bridge").inspect());
    signal.throwIfAborted();
    return (bridge?.IPAM?.Config ?? []).flatMap(({ Gateway }) => (Gateway ? [Gateway] : []));
  }

  async removeNetwork(name: string, signal: AbortSignal): Promise<void> {
    const docker = await this.#docker();
    await done(() => docker.getNetwork(name).remove({ abortSignal: forRequest(signal) }), [404]);
  }

  /** The names of the volumes that have one of these labels: `key=value`, or a key with any value. */
  async volumes(label: string, signal: AbortSignal): Promise<readonly string[]> {
    const docker = await this.#docker();
    const { Volumes } = await docker.listVolumes({ filters: { label: [label] }, abortSignal: forRequest(signal) });
    return (Volumes ?? []).map(({ Name }) => Name);
  }

  async removeVolume(name: string, signal: AbortSignal): Promise<void> {
    const docker = await this.#docker();
    await done(() => docker.getVolume(name).remove({ abortSignal: forRequest(signal) }), [404]);
  }

  close(): void {
    this.#connection.agent.destroy();
  }

  // dockerode takes 80 ms to load (it brings gRPC), so it is loaded when the first question is asked and not before.
  #docker(): Promise<Dockerode> {
    this.#client ??= import("dockerode").then(({ default: Docker }) => new Docker(this.#connection));
    return this.#client;
  }
}

const logQuery = { stdout: true, stderr: true, timestamps: true } as const;

/** Where a log begins; without either, at its beginning. */
export interface LogStart {
  /** Seconds since the epoch with a fraction, inclusive. */
  readonly since?: string;
  /** The last so many lines. */
  readonly tail?: number;
}

/** The engine refused or could not. `status` is HTTP's; 0 when there was no answer. */
export class EngineFailure extends Error {
  override readonly name = "EngineFailure";
  readonly status: number;

  constructor(status: number, message: string, cause: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

async function done<T>(act: () => Promise<T>, harmless: readonly number[] = []): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (harmless.includes(statusOf(error))) return undefined as T;
    throw toFailure(error);
  }
}

async function orUndefined<T>(act: () => Promise<T>): Promise<T | undefined> {
  return done<T | undefined>(act, [404]);
}

function statusOf(error: unknown): number {
  const { statusCode } = error as { statusCode?: unknown };
  return typeof statusCode === "number" ? statusCode : 0;
}

/** dockerode's errors carry the engine's own sentence in `json.message`; an aborted request stays what it is. */
function toFailure(error: unknown): unknown {
  if (error instanceof EngineFailure || (error instanceof Error && error.name === "AbortError")) return error;
  const { json, message } = error as { json?: { message?: string }; message?: string };
  return new EngineFailure(statusOf(error), json?.message ?? message ?? String(error), error);
}
