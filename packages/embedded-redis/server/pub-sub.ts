import type { Reply } from "../resp/reply.ts";
import type { Client } from "./client.ts";
import { matchesGlob } from "./glob.ts";

/** What a client can subscribe to. */
export type SubscriptionKind = "channels" | "patterns" | "shardChannels";

/** Who listens to which channel. */
export class PubSub {
  readonly #listeners = {
    channels: new Map<string, Set<Client>>(),
    patterns: new Map<string, Set<Client>>(),
    shardChannels: new Map<string, Set<Client>>(),
  };

  /** The channels or patterns that have a listener, with how many. */
  listeners(kind: SubscriptionKind): ReadonlyMap<string, ReadonlySet<Client>> {
    return this.#listeners[kind];
  }

  subscribe(kind: SubscriptionKind, name: string, client: Client): void {
    client[kind].add(name);
    const already = this.#listeners[kind].get(name);
    if (already === undefined) this.#listeners[kind].set(name, new Set([client]));
    else already.add(client);
  }

  unsubscribe(kind: SubscriptionKind, name: string, client: Client): void {
    client[kind].delete(name);
    const all = this.#listeners[kind].get(name);
    all?.delete(client);
    if (all?.size === 0) this.#listeners[kind].delete(name);
  }

  /** Ends all subscriptions of a client. */
  forget(client: Client): void {
    for (const kind of ["channels", "patterns", "shardChannels"] as const) {
      for (const name of [...client[kind]]) this.unsubscribe(kind, name, client);
    }
  }

  /** Sends a message to a channel's listeners and to those of matching patterns; returns how many got it. */
  publish(channel: string, message: string): number {
    let count = this.#send(this.#listeners.channels.get(channel), ["message", channel, message]);
    for (const [pattern, clients] of this.#listeners.patterns) {
      if (matchesGlob(pattern, channel)) count += this.#send(clients, ["pmessage", pattern, channel, message]);
    }
    return count;
  }

  /** The same for a shard channel. */
  publishToShard(channel: string, message: string): number {
    return this.#send(this.#listeners.shardChannels.get(channel), ["smessage", channel, message]);
  }

  #send(clients: ReadonlySet<Client> | undefined, items: readonly Reply[]): number {
    if (clients === undefined) return 0;
    for (const client of clients) client.push({ kind: "push", items });
    return clients.size;
  }
}
