import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

import { cannotListen } from "../errors.ts";
import { encodeReply } from "../resp/encode.ts";
import { errorReply } from "../resp/reply.ts";
import { Connection, type ConnectionHost } from "./connection.ts";
import { descriptorOf } from "./descriptor.ts";

/** A socket that accepts clients. */
export interface Listener {
  readonly port: number;
  /** The descriptor of the listening socket; undefined where there is none. */
  readonly descriptor: number | undefined;
  /** Serves all connections once, without the event loop; see `Connection.poll`. */
  poll(): void;
  /** Closes it and all connections; resolves when they are gone. */
  close(): Promise<void>;
}

/** Accepts clients until closed. @throws DevError REDIS_CANNOT_LISTEN */
export async function listen(host: string, port: number, connectionHost: ConnectionHost): Promise<Listener> {
  const sockets = new Map<Socket, Connection | undefined>();
  let nextId = 1;
  const listening = createServer((socket) => {
    socket.on("close", () => sockets.delete(socket));
    sockets.set(socket, accept(socket, nextId++, connectionHost));
  });
  listening.listen({ host, port, backlog: 511 });
  try {
    await once(listening, "listening");
  } catch (error) {
    throw cannotListen(host, port, error);
  }
  return {
    port: portOf(listening.address()),
    descriptor: descriptorOf(listening),
    poll() {
      for (const connection of sockets.values()) connection?.poll();
    },
    async close() {
      const closed = once(listening, "close");
      listening.close();
      for (const socket of sockets.keys()) socket.destroySoon();
      // A client that does not read would keep its socket open.
      const force = setTimeout(() => {
        for (const socket of sockets.keys()) socket.destroy();
      }, 500);
      await closed;
      clearTimeout(force);
    },
  };
}

function accept(socket: Socket, id: number, host: ConnectionHost): Connection | undefined {
  const { server } = host;
  // Its "close" follows, which is what counts.
  socket.on("error", () => undefined);
  if (server.clients.size >= server.configuration.number("maxclients")) {
    server.statistics.rejectedConnections++;
    socket.end(encodeReply(errorReply("ERR max number of clients reached"), 2));
    return undefined;
  }
  const keepAliveMs = server.configuration.number("tcp-keepalive") * 1000;
  socket.setKeepAlive(keepAliveMs > 0, keepAliveMs);
  const connection = new Connection(socket, id, host);
  const { client } = connection;
  // A password that is set later asks only those who come later.
  client.isAuthenticated = server.accessControl.default.isNoPassword && server.accessControl.default.isOn;
  server.statistics.connections++;
  server.clients.set(id, client);
  socket.on("close", () => {
    client.isClosing = true;
    client.blocked?.end(null);
    server.forget(client);
  });
  return connection;
}

/** The port of a TCP address. */
function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error(`no TCP address: ${address}`);
  return address.port;
}
