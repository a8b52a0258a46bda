import { randomBytes } from "node:crypto";
import type { Command } from "../commands/command.ts";
import { Database } from "../keyspace/database.ts";
import type { RedisValue } from "../keyspace/value.ts";
import { versionFor } from "../persistence/rdb/write-rdb.ts";
import { Scripting } from "../scripting/scripting.ts";
import { AccessControl } from "./access-control.ts";
import { BlockedClients } from "./blocked-clients.ts";
import type { Client } from "./client.ts";
import { ClientPause } from "./client-pause.ts";
import type { Server } from "./command-context.ts";
import { Configuration } from "./configuration.ts";
import { DataKeeper } from "./data-keeper.ts";
import { Effects } from "./effects.ts";
import { KeyTracking } from "./key-tracking.ts";
import { KeyspaceEvents } from "./keyspace-events.ts";
import { MemoryAccount } from "./memory-account.ts";
import { PubSub } from "./pub-sub.ts";
import { SlowLog } from "./slow-log.ts";
import { Statistics } from "./statistics.ts";

// Redis has no such limit; here a script that hangs would also keep new clients from connecting to end it.
const scriptLimitMs = 60_000;

/** What the server asks of the one who owns it. */
export interface ServerOptions {
  readonly commands: ReadonlyMap<string, Command>;
  readonly onShutdown: (isSaving: boolean) => void;
  readonly log: (line: string) => void;
  /** Called again and again while a slow script holds the event loop: serves sockets without it. */
  readonly whileBusy: () => void;
  /** Called when a slow script is over. */
  readonly afterBusy: () => void;
}

/** The state that all connections share. It does no I/O. */
export class RedisServer implements Server {
  readonly commands: ReadonlyMap<string, Command>;
  readonly configuration = new Configuration();
  readonly accessControl = new AccessControl();
  readonly pubSub = new PubSub();
  readonly blocked = new BlockedClients();
  readonly pause = new ClientPause();
  readonly tracking = new KeyTracking();
  readonly events = new KeyspaceEvents(this.pubSub);
  readonly effects = new Effects();
  readonly slowLog = new SlowLog(this.configuration);
  readonly statistics = new Statistics();
  readonly memory = new MemoryAccount();
  readonly clients = new Map<number, Client>();
  readonly monitors = new Set<Client>();
  readonly databases: readonly Database[];
  readonly scripting: Scripting;
  readonly keeper = new DataKeeper(
    () => ({ databases: this.databases, libraries: this.#libraryCodes }),
    (taken) => ({
      databases: this.databases.map((database) => database.freeze(taken)),
      libraries: this.#libraryCodes,
      version: versionFor(this.databases),
    }),
  );
  readonly log: (line: string) => void;
  readonly startedAt = Date.now();
  readonly runId = randomBytes(20).toString("hex");
  persistenceInfo: Server["persistenceInfo"] = () => [
    ["rdb_changes_since_last_save", this.changes],
    ["rdb_bgsave_in_progress", 0],
    ["rdb_last_save_time", Math.floor(this.startedAt / 1000)],
    ["rdb_last_bgsave_status", "ok"],
    ["aof_enabled", 0],
    ["aof_rewrite_in_progress", 0],
    ["aof_last_bgrewrite_status", "ok"],
    ["aof_last_write_status", "ok"],
  ];
  maxMemory = 0;
  /** `proto-max-bulk-len`, which every request is held against. */
  bulkLengthLimit = 512 * 1024 ** 2;
  changes = 0;
  isExpiryActive = true;
  now = Date.now();
  isNested = false;
  runningClient: Client | undefined;
  /** Counts an access for LFU; undefined unless `maxmemory-policy` asks for it. */
  countAccess: ((value: RedisValue) => void) | undefined;
  readonly random = Math.random;
  readonly #watchers = new Map<string, Set<Client>>();
  readonly #onShutdown: (isSaving: boolean) => void;

  constructor(options: ServerOptions) {
    this.commands = options.commands;
    this.#onShutdown = options.onShutdown;
    this.log = options.log;
    this.scripting = new Scripting({
      busyAfterMs: () => this.configuration.number("busy-reply-threshold") || Number.POSITIVE_INFINITY,
      whileBusy: options.whileBusy,
      afterBusy: options.afterBusy,
      limitMs: scriptLimitMs,
      log: (_level, text) => options.log(text),
    });
    const observer = {
      accessed: (value: RedisValue) => this.#accessed(value),
      now: () => this.now,
      changed: (database: Database, key: string) => this.keyChanged(database, key),
      added: (database: Database, key: string) => this.events.publish("n", "new", key, database.index),
      expired: (database: Database, key: string) => this.#keyExpired(database, key),
    };
    const count = this.configuration.number("databases");
    this.databases = Array.from({ length: count }, (_, index) => new Database(index, observer));
    this.tracking.findClientsBy((id) => this.clients.get(id));
  }

  get #libraryCodes(): readonly string[] {
    return this.scripting.libraries.all.map(({ code }) => code);
  }

  keyChanged(database: Database, key: string): void {
    this.changes++;
    if (this.#watchers.size > 0) {
      for (const client of this.#watchers.get(`${database.index}:${key}`) ?? []) client.isDirty = true;
    }
    this.tracking.changed(key, this.runningClient);
    this.memory.changed(database, key);
    this.blocked.signal(database.index, key);
  }

  watch(client: Client, database: number, key: string): void {
    const name = `${database}:${key}`;
    if (client.watched.some((each) => each.database === database && each.key === key)) return;
    client.watched.push({ database, key, wasThere: this.databases[database]?.has(key) === true });
    const already = this.#watchers.get(name);
    if (already === undefined) this.#watchers.set(name, new Set([client]));
    else already.add(client);
  }

  unwatch(client: Client): void {
    for (const { database, key } of client.watched) {
      const name = `${database}:${key}`;
      const clients = this.#watchers.get(name);
      clients?.delete(client);
      if (clients?.size === 0) this.#watchers.delete(name);
    }
    client.watched.length = 0;
    client.isDirty = false;
  }

  databaseReplaced(indexes: readonly number[], touchesKey: (database: number, key: string) => boolean): void {
    this.changes++;
    for (const client of this.clients.values()) {
      if (client.watched.some(({ database, key }) => indexes.includes(database) && touchesKey(database, key))) {
        client.isDirty = true;
      }
    }
    if (this.maxMemory > 0) this.memory.switch(true, this.databases);
    this.blocked.signalAll();
  }

  /** Ends all that belongs to a client whose connection is gone. */
  forget(client: Client): void {
    this.clients.delete(client.id);
    this.monitors.delete(client);
    this.unwatch(client);
    this.pubSub.forget(client);
    this.tracking.forget(client);
  }

  shutdown(options: { readonly isSaving: boolean }): void {
    this.scripting.abandon("The server is shutting down.");
    this.#onShutdown(options.isSaving);
  }

  #accessed(value: RedisValue): void {
    const client = this.runningClient;
    if (client?.isNoTouch && client.lastCommand !== "touch") return;
    value.accessedAt = this.now;
    this.countAccess?.(value);
  }

  #keyExpired(database: Database, key: string): void {
    const { changes } = this;
    this.keyChanged(database, key);
    // Expiry is no change that a command made: it must not make a read propagate itself.
    this.changes = changes;
    this.statistics.expiredKeys++;
    this.effects.add(database.index, ["DEL", key]);
    this.events.publish("x", "expired", key, database.index);
  }
}
