import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";

/** A server behind a front under test: it tells its name, takes its time at `/slow`, and echoes over upgraded connections. */
export interface BackEnd {
  readonly name: string;
  readonly port: number;
  /** Ends it, with whatever is under way. */
  kill(): Promise<void>;
}

const slowMs = 300;

export async function startBackEnd(name: string): Promise<BackEnd> {
  const sockets = new Set<Duplex>();
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => answer(name, request, response));
  server.on("upgrade", (_, socket) => {
    socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    socket.on("data", (chunk) => socket.write(chunk)).on("error", () => socket.destroy());
    socket.once("end", () => socket.end());
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    name,
    port,
    kill: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** The name and how many bytes came; in two pieces where it is slow. */
function answer(name: string, request: IncomingMessage, response: ServerResponse): void {
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  request.once("end", () => {
    response.writeHead(200, { "Content-Type": "text/plain" });
    const end = () => void response.end(` ${bytes}`);
    response.write(name);
    const timer = setTimeout(end, slowMs);
    response.once("close", () => clearTimeout(timer));
    if (request.url?.startsWith("/slow")) return;
    clearTimeout(timer);
    end();
  });
}
