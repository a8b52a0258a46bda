import type { Socket } from "node:net";
import type { Clock } from "@drydock/core";
import type { Command } from "../commands/command.ts";
import { MongoError } from "../errors/mongo-error.ts";
import type { Store } from "../storage/store.ts";
import type { Document } from "../values/document.ts";
import { Client, type ClientHost } from "./client.ts";
import { type Dispatched, Dispatcher } from "./dispatcher.ts";
import { startHousekeeping } from "./housekeeping.ts";
import type { Server } from "./server.ts";
import { WakeUp } from "./wake-up.ts";

/** The clients of a server and what they run, until it is stopped. */
export class MongoServer implements ClientHost {
  readonly #server: Server;
  readonly #dispatcher: Dispatcher;
  readonly #clients: Set<Client>;
  readonly #idle = new WakeUp();
  readonly #stopHousekeeping: () => Promise<void>;
  #running = 0;
  #isStopping = false;

  /** `clients` is the set that the server's connections are. */
  constructor(server: Server, store: Store, clock: Clock, commands: readonly Command[], clients: Set<Client>) {
    this.#server = server;
    this.#clients = clients;
    this.#dispatcher = new Dispatcher(server, store, clock, commands);
    this.#stopHousekeeping = startHousekeeping(server, store, clock);
  }

  /** A new connection. */
  accept(socket: Socket): void {
    if (this.#isStopping) return void socket.destroy();
    const id = ++this.#server.counters.connectionsCreated;
    this.#clients.add(new Client(id, socket, this));
  }

  async dispatch(client: Client, request: Document): Promise<Dispatched> {
    this.#running++;
    try {
      return await this.#dispatcher.dispatch(client, request);
    } finally {
      this.#running--;
      if (this.#running === 0) this.#idle.notify();
    }
  }

  closed(client: Client): void {
    this.#clients.delete(client);
    const reason = new MongoError("ClientDisconnect", "operation was interrupted because a client disconnected");
    this.#server.operations.interruptWhere(({ connection }) => connection === client, reason);
  }

  log(line: string): void {
    this.#server.log.write(line);
  }

  /** Ends every operation and connection; resolves when none is left. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const housekeeping = this.#stopHousekeeping();
    const reason = new MongoError("InterruptedAtShutdown", "interrupted at shutdown");
    this.#server.operations.interruptWhere(() => true, reason);
    this.#server.failPoints.end();
    for (const client of [...this.#clients]) client.close();
    while (this.#running > 0) await this.#idle.wait(1000, new AbortController().signal);
    await housekeeping;
    this.#server.cursors.killWhere(() => true);
    for (const session of this.#server.sessions.all()) this.#server.sessions.end(session);
  }
}
