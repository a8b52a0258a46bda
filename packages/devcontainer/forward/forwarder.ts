import { createServer, type Server, type Socket } from "node:net";
import { formatPortPlace } from "../configuration/port-place.ts";
import { type Relay, Unreachable } from "../relay/relay.ts";
import { type AskPort, choosePort } from "./choose-port.ts";
import type { PlannedForward } from "./plan-forwards.ts";

/** A forward and what became of it. */
export interface Forwarding extends PlannedForward {
  /** On 127.0.0.1; undefined: it could not be had. */
  readonly localPort?: number;
  /** Why it is not the same number. */
  readonly moved?: "taken" | "forbidden";
  /** Who holds the number that it should have had. */
  readonly holder?: string;
}

/** A forwarding, and whether something listens inside the container now. */
export interface CheckedForwarding extends Forwarding {
  readonly answers: boolean;
}

/** What a forwarder asks of this machine. */
export interface ForwarderMachine {
  readonly ask: AskPort;
  /** Names who listens on a port. */
  readonly holder: (port: number) => Promise<string>;
  /** The local ports of the last time, by the place that they led to. */
  readonly last: Readonly<Record<string, number>>;
}

/** Listens on this machine for ports of a container. */
export class Forwarder {
  #relay: Relay;
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #forwardings: Forwarding[] = [];

  constructor(relay: Relay) {
    this.#relay = relay;
  }

  /** Goes another way into the container from now on. */
  use(relay: Relay): void {
    this.#relay = relay;
  }

  /** Listens for each, on 127.0.0.1 alone. One that can be had nowhere is told as such, and keeps none of the others back. */
  async listen(forwards: readonly PlannedForward[], machine: ForwarderMachine): Promise<readonly Forwarding[]> {
    for (const forward of forwards) this.#forwardings.push(await this.#listenFor(forward, machine));
    return this.#forwardings;
  }

  /** The forwardings, each with whether it leads to something now. */
  check(): Promise<readonly CheckedForwarding[]> {
    return Promise.all(this.#forwardings.map(async (each) => ({ ...each, answers: await this.#answers(each) })));
  }

  /** Lets go of every port and connection. */
  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }

  async #listenFor(forward: PlannedForward, { ask, holder, last }: ForwarderMachine): Promise<Forwarding> {
    const given = new Set(this.#forwardings.flatMap(({ localPort }) => localPort ?? []));
    const { port, moved } = await choosePort(forward, last[formatPortPlace(forward)], given, ask);
    const held =
      moved === "taken" ? { holder: given.has(forward.port) ? "this dev container" : await holder(forward.port) } : {};
    const because = moved === undefined ? {} : { moved, ...held };
    if (port === undefined) return { ...forward, ...because };
    return { ...forward, localPort: await this.#open(forward, port), ...because };
  }

  #open(forward: PlannedForward, port: number): Promise<number> {
    const server = createServer({ allowHalfOpen: true }, (socket) => this.#carry(socket, forward));
    this.#servers.push(server);
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen({ host: "127.0.0.1", port, exclusive: true }, () => {
        const address = server.address();
        resolve(typeof address === "object" && address ? address.port : port);
      });
    });
  }

  async #carry(socket: Socket, forward: PlannedForward): Promise<void> {
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
    socket.on("error", () => undefined);
    try {
      const tunnel = await this.#relay.connect(forward);
      tunnel.on("error", () => socket.resetAndDestroy());
      // An end that is no end of the data: the other side sees it as one, too.
      tunnel.on("close", () => {
        if (!tunnel.readableEnded) socket.resetAndDestroy();
      });
      socket.on("close", () => tunnel.destroy());
      socket.pipe(tunnel).pipe(socket);
    } catch {
      // As a port on which nobody listens: the connection is refused, not ended.
      socket.resetAndDestroy();
    }
  }

  async #answers(forwarding: Forwarding): Promise<boolean> {
    if (forwarding.localPort === undefined) return false;
    try {
      (await this.#relay.connect(forwarding)).destroy();
      return true;
    } catch (error) {
      if (error instanceof Unreachable) return false;
      throw error;
    }
  }
}
