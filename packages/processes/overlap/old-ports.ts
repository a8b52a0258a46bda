import { connect, createServer, type Server, type Socket } from "node:net";

const loopback = "127.0.0.1";

/**
 * Leads connections from the ports that instances had first to those that they have now: a person's browser, or a tool, may know them. Those who are led by
 * us, proxies and other services, connect directly.
 */
export class OldPorts {
  readonly #servers = new Map<number, { readonly server: Server; readonly sockets: Set<Socket> }>();

  /** Begins to lead a port of this machine to wherever `target` says at each connection; at once where it does already. @throws the system's error */
  async lead(port: number, target: () => number): Promise<void> {
    if (this.#servers.has(port)) return;
    const sockets = new Set<Socket>();
    const server = createServer({ allowHalfOpen: true }, (client) => {
      const upstream = connect({ host: loopback, port: target(), allowHalfOpen: true });
      for (const [socket, other] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        sockets.add(socket);
        socket.once("close", () => {
          sockets.delete(socket);
          other.destroy();
        });
        socket.on("error", () => socket.destroy());
      }
      client.pipe(upstream).pipe(client);
    });
    this.#servers.set(port, { server, sockets });
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, loopback, resolve);
      });
    } catch (error) {
      this.#servers.delete(port);
      throw error;
    }
  }

  /** Resolves when this port is free again; connections through it end. */
  async release(port: number): Promise<void> {
    const led = this.#servers.get(port);
    if (!led) return;
    this.#servers.delete(port);
    await new Promise((resolve) => {
      led.server.close(resolve);
      for (const socket of led.sockets) socket.destroy();
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#servers.keys()].map((port) => this.release(port)));
  }
}
