import { createServer, type Socket, type Server as TcpServer } from "node:net";
import type { HostPort } from "@drydock/core";
import { type Listen, serversOf } from "@drydock/nginx";
import { cannotListen } from "./errors.ts";
import type { Generation } from "./generation.ts";
import { createProtocolServer, type ProtocolServer } from "./protocol-server.ts";

interface Listener {
  readonly tcp: TcpServer;
  readonly address: HostPort;
}

/** The listening sockets. They stay open while configurations come and go; connections that come in go to the newest one. */
export class Listeners {
  readonly #open = new Map<string, Listener>();
  /** By the address that the configuration gives: `127.0.0.1:8080`. */
  #current = new Map<string, ProtocolServer>();
  readonly #retired = new Set<ProtocolServer>();
  #connectionEnded: () => void = () => undefined;

  /**
   * Lets a configuration take over: all its addresses are opened first, and nothing changes when one cannot be.
   * @throws DevError EDGE_CANNOT_LISTEN, EDGE_BAD_CERTIFICATE
   */
  async take(generation: Generation): Promise<void> {
    const wanted = addressesOf(generation);
    const fresh = new Map<string, ProtocolServer>();
    for (const { key, listens } of wanted) {
      const [listen] = listens;
      const servers = listen && serversOf(generation.configuration.servers, listen);
      if (servers)
        fresh.set(
          key,
          await createProtocolServer(
            generation,
            servers,
            listens.some(({ isHttp2 }) => isHttp2),
            () => this.#current.get(key),
            () => this.#connectionEnded(),
          ),
        );
    }
    const toBind = wanted.filter(
      ({ key, listens }) =>
        listens[0] &&
        !isCovered(
          listens[0],
          wanted.flatMap((each) => each.listens),
        ) &&
        !this.#open.has(key),
    );
    const opened: string[] = [];
    try {
      for (const { key, listens } of toBind) {
        if (listens[0]) this.#open.set(key, await this.#listen(key, listens[0], generation));
        opened.push(key);
      }
    } catch (error) {
      for (const key of opened) this.#close(key);
      throw error;
    }
    const before = this.#current;
    this.#current = fresh;
    for (const key of this.#open.keys()) if (!fresh.has(key)) this.#close(key);
    for (const server of before.values()) this.#retire(server);
  }

  /** Where connections are taken, with the ports that the system chose. */
  get addresses(): readonly HostPort[] {
    return [...this.#open.values()].map(({ address }) => address);
  }

  /** Takes no more connections, waits for those with a request for `graceMs`, and ends the rest. */
  async close(graceMs: number): Promise<void> {
    for (const key of [...this.#open.keys()]) this.#close(key);
    for (const server of this.#current.values()) this.#retire(server);
    this.#current = new Map();
    for (const server of this.#retired) server.retire(true);
    if (this.#count() > 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, graceMs);
        this.#connectionEnded = () => {
          if (this.#count() > 0) return;
          clearTimeout(timer);
          resolve();
        };
      });
    for (const server of this.#retired) server.destroy();
    this.#retired.clear();
  }

  #count(): number {
    return [...this.#retired].reduce((sum, { connections }) => sum + connections, 0);
  }

  #retire(server: ProtocolServer): void {
    for (const each of this.#retired) if (each.connections === 0) this.#retired.delete(each);
    this.#retired.add(server);
    server.retire(false);
  }

  async #listen(key: string, { host, port }: Listen, { parts: { counters } }: Generation): Promise<Listener> {
    const tcp = createServer({ noDelay: true }, (socket) => {
      counters.accepted += 1;
      counters.active += 1;
      socket.once("close", () => {
        counters.active -= 1;
      });
      socket.on("error", () => socket.destroy());
      const server = this.#serverFor(key, socket);
      if (server) server.take(socket);
      else socket.destroy();
    });
    await new Promise<void>((resolve, reject) => {
      tcp.once("error", (error) => reject(cannotListen(host, port, error)));
      tcp.listen({ host, port, ipv6Only: host === "::", backlog: 511 }, () => resolve());
    });
    const bound = tcp.address();
    return { tcp, address: { host, port: typeof bound === "object" && bound ? bound.port : port } };
  }

  /** A socket for all addresses may be one for whose own address the configuration has servers. */
  #serverFor(key: string, socket: Socket): ProtocolServer | undefined {
    const local = `${(socket.localAddress ?? "").replace(/^::ffff:/, "")}:${socket.localPort}`;
    return this.#current.get(local) ?? this.#current.get(key);
  }

  #close(key: string): void {
    this.#open.get(key)?.tcp.close();
    this.#open.delete(key);
  }
}

interface WantedAddress {
  readonly key: string;
  readonly listens: readonly Listen[];
}

function addressesOf({ configuration }: Generation): readonly WantedAddress[] {
  const all = new Map<string, Listen[]>();
  for (const listen of configuration.servers.flatMap(({ listens }) => listens)) {
    const key = `${listen.host}:${listen.port}`;
    all.set(key, [...(all.get(key) ?? []), listen]);
  }
  return [...all].map(([key, listens]) => ({ key, listens }));
}

/** A socket on all IPv4 addresses takes a single one's connections too, as in nginx. */
function isCovered({ host, port }: Listen, all: readonly Listen[]): boolean {
  if (host === "0.0.0.0" || host === "::" || port === 0) return false;
  const wildcard = host.includes(":") ? "::" : "0.0.0.0";
  return all.some((each) => each.host === wildcard && each.port === port);
}
