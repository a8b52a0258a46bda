import type { Reply } from "../resp/reply.ts";
import type { Client } from "./client.ts";

/** A client that waits until one of its keys can serve it. */
export interface Waiter {
  readonly client: Client;
  readonly database: number;
  readonly keys: readonly string[];
  /** Milliseconds; 0 for as long as it takes. */
  readonly timeoutMs: number;
  readonly timeoutReply: Reply;
  /** Tries to serve from this key; undefined when there is nothing (yet). */
  readonly serve: (key: string) => Reply | undefined;
}

interface Waiting extends Waiter {
  readonly end: (reply: Reply) => void;
}

const slot = (database: number, key: string): string => `${database}:${key}`;

/** The clients that wait for keys. For each key they are served in the order in which they came (Redis: BLPOP, "How ordering works"). */
export class BlockedClients {
  readonly #byKey = new Map<string, Set<Waiting>>();
  #ready = new Map<string, { readonly database: number; readonly key: string }>();

  /** How many clients wait. */
  get count(): number {
    return new Set([...this.#byKey.values()].flatMap((waiting) => [...waiting])).size;
  }

  get hasReady(): boolean {
    return this.#ready.size > 0;
  }

  /** Resolves with the reply once the client is served, timed out, or ended from outside through `client.blocked`. */
  wait(waiter: Waiter): Promise<Reply> {
    return new Promise((resolve) => {
      const { client, database, keys, timeoutReply } = waiter;
      let timer: NodeJS.Timeout | undefined;
      const end = (reply: Reply) => {
        clearTimeout(timer);
        for (const key of keys) this.#forget(slot(database, key), waiting);
        client.blocked = undefined;
        resolve(reply);
      };
      const waiting: Waiting = { ...waiter, end };
      for (const key of keys) this.#remember(slot(database, key), waiting);
      client.blocked = { end, timeoutReply, database, keys };
      if (waiter.timeoutMs > 0) timer = setTimeout(() => end(timeoutReply), Math.min(waiter.timeoutMs, 0x7fff_ffff));
    });
  }

  /** A key may now serve those who wait for it; `serveReady` will ask them. */
  signal(database: number, key: string): void {
    if (this.#byKey.size === 0) return;
    const name = slot(database, key);
    if (this.#byKey.has(name)) this.#ready.set(name, { database, key });
  }

  /** Some key of the whole database may have changed (SWAPDB). */
  signalAll(): void {
    for (const name of this.#byKey.keys()) {
      const colon = name.indexOf(":");
      this.#ready.set(name, { database: Number(name.slice(0, colon)), key: name.slice(colon + 1) });
    }
  }

  /** Serves who can be served, until nobody can. `around` runs each serving with the client for whom it is. */
  serveReady(around: (client: Client, serve: () => Reply | undefined) => Reply | undefined): void {
    while (this.#ready.size > 0) {
      const ready = this.#ready;
      this.#ready = new Map();
      for (const [name, { key }] of ready) {
        for (const waiting of [...(this.#byKey.get(name) ?? [])]) {
          const reply = around(waiting.client, () => waiting.serve(key));
          if (reply !== undefined) waiting.end(reply);
        }
      }
    }
  }

  #remember(name: string, waiting: Waiting): void {
    const already = this.#byKey.get(name);
    if (already === undefined) this.#byKey.set(name, new Set([waiting]));
    else already.add(waiting);
  }

  #forget(name: string, waiting: Waiting): void {
    const all = this.#byKey.get(name);
    all?.delete(waiting);
    if (all?.size === 0) this.#byKey.delete(name);
  }
}
