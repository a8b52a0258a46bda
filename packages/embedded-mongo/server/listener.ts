import { type AddressInfo, createServer, type Server as NetServer, type Socket } from "node:net";
import { cannotListen } from "../errors/dev-errors.ts";

/** An open port. */
export interface Listener {
  readonly port: number;
  /** Takes no more connections; resolves when all are ended. */
  close(): Promise<void>;
}

/** Listens; `port` 0 takes a free one. @throws DevError MONGO_CANNOT_LISTEN */
export async function listen(host: string, port: number, connected: (socket: Socket) => void): Promise<Listener> {
  const server = createServer({ noDelay: true }, connected);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(cannotListen(host, port, error)));
    server.listen({ host, port }, resolve);
  });
  return { port: portOf(server.address(), port), close: () => closed(server) };
}

const portOf = (address: AddressInfo | string | null, asked: number): number =>
  typeof address === "object" && address ? address.port : asked;

const closed = (server: NetServer): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
