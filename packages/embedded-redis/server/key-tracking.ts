import type { Client } from "./client.ts";

/** Remembers which client read which key, and tells it once the key changes (CLIENT TRACKING). */
export class KeyTracking {
  readonly #readers = new Map<string, Set<Client>>();
  readonly #broadcast = new Set<Client>();
  /** Keys to tell each client of when the running command ends. */
  #pending = new Map<Client, Set<string>>();
  #target: (id: number) => Client | undefined = () => undefined;

  /** How to find the client that gets another one's messages (REDIRECT). */
  findClientsBy(find: (id: number) => Client | undefined): void {
    this.#target = find;
  }

  get trackedKeys(): number {
    return this.#readers.size;
  }

  /** Begins or ends the broadcast of a client, after its tracking was set. */
  update(client: Client): void {
    if (client.tracking?.isBroadcast) this.#broadcast.add(client);
    else this.#broadcast.delete(client);
  }

  forget(client: Client): void {
    this.#broadcast.delete(client);
    for (const [key, readers] of this.#readers)
      if (readers.delete(client) && readers.size === 0) this.#readers.delete(key);
  }

  /** The client read these keys. Beyond `maxKeys`, the keys that were read first are forgotten, as if they had changed. */
  read(client: Client, keys: readonly string[], maxKeys: number): void {
    for (const key of keys) {
      const readers = this.#readers.get(key);
      if (readers === undefined) this.#readers.set(key, new Set([client]));
      else readers.add(client);
    }
    for (const oldest of this.#readers.keys()) {
      if (maxKeys === 0 || this.#readers.size <= maxKeys) return;
      this.changed(oldest, undefined);
    }
  }

  /** A key changed, by this client if there is one. */
  changed(key: string, by: Client | undefined): void {
    if (this.#readers.size === 0 && this.#broadcast.size === 0) return;
    const readers = this.#readers.get(key);
    this.#readers.delete(key);
    for (const client of readers ?? []) this.#tell(client, key, by);
    for (const client of this.#broadcast) {
      const prefixes = client.tracking?.prefixes ?? [];
      if (prefixes.length === 0 || prefixes.some((prefix) => key.startsWith(prefix))) this.#tell(client, key, by);
    }
  }

  /** All keys went (FLUSHALL): a null in place of keys. */
  changedAll(): void {
    const everyone = new Set([...this.#broadcast, ...[...this.#readers.values()].flatMap((each) => [...each])]);
    this.#readers.clear();
    for (const client of everyone) this.#send(client, undefined);
  }

  /** Sends what was found while the command ran. */
  flush(): void {
    if (this.#pending.size === 0) return;
    const pending = this.#pending;
    this.#pending = new Map();
    for (const [client, keys] of pending) this.#send(client, [...keys]);
  }

  #tell(client: Client, key: string, by: Client | undefined): void {
    if (client.tracking === undefined || (client.tracking.isNoLoop && client === by)) return;
    const keys = this.#pending.get(client);
    if (keys === undefined) this.#pending.set(client, new Set([key]));
    else keys.add(key);
  }

  #send(client: Client, keys: readonly string[] | undefined): void {
    const redirect = client.tracking?.redirect;
    const receiver = redirect === undefined ? client : this.#target(redirect);
    if (receiver === undefined) {
      if (client.protocol === 3) client.push({ kind: "push", items: ["tracking-redir-broken", redirect ?? 0] });
      return;
    }
    if (receiver.protocol === 3) receiver.push({ kind: "push", items: ["invalidate", keys ?? null] });
    else if (receiver.channels.has("__redis__:invalidate")) {
      receiver.push({ kind: "push", items: ["message", "__redis__:invalidate", keys ?? null] });
    }
  }
}
