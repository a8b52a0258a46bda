import type { CommandShape } from "../commands/command-shape.ts";
import type { Database } from "../keyspace/database.ts";
import type { ProtocolVersion } from "../resp/encode.ts";
import type { Reply } from "../resp/reply.ts";
import type { Scripting } from "../scripting/scripting.ts";
import type { AccessControl } from "./access-control.ts";
import type { BlockedClients } from "./blocked-clients.ts";
import type { Client } from "./client.ts";
import type { ClientPause } from "./client-pause.ts";
import type { Configuration } from "./configuration.ts";
import type { DataKeeper } from "./data-keeper.ts";
import type { Effects } from "./effects.ts";
import type { KeyTracking } from "./key-tracking.ts";
import type { KeyspaceEvents } from "./keyspace-events.ts";
import type { MemoryAccount } from "./memory-account.ts";
import type { PubSub } from "./pub-sub.ts";
import type { SlowLog } from "./slow-log.ts";
import type { Statistics } from "./statistics.ts";

/** What commands see of the server. */
export interface Server {
  readonly commands: ReadonlyMap<string, CommandShape<CommandContext>>;
  readonly databases: readonly Database[];
  readonly clients: ReadonlyMap<number, Client>;
  /** The clients that see every command. */
  readonly monitors: Set<Client>;
  readonly configuration: Configuration;
  readonly accessControl: AccessControl;
  readonly pubSub: PubSub;
  readonly blocked: BlockedClients;
  readonly pause: ClientPause;
  readonly tracking: KeyTracking;
  readonly events: KeyspaceEvents;
  readonly effects: Effects;
  readonly slowLog: SlowLog;
  readonly statistics: Statistics;
  readonly memory: MemoryAccount;
  readonly scripting: Scripting;
  /** Where the data is kept. */
  readonly keeper: DataKeeper;
  /** Says something to who started the server. */
  readonly log: (line: string) => void;
  /** `maxmemory` in bytes; 0 for no limit. */
  maxMemory: number;
  /** How many changes there were since the start; a command that raises it changed data. */
  changes: number;
  /** Unix time in milliseconds: fixed while a command, transaction or script runs. */
  now: number;
  /** True while a transaction or script runs: nested commands belong to it. */
  isNested: boolean;
  /** The client whose command runs. */
  runningClient: Client | undefined;
  /** Unix time in milliseconds. */
  readonly startedAt: number;
  /** 40 hexadecimal digits, other ones at each start. */
  readonly runId: string;
  /** The fields of INFO's section "Persistence". */
  persistenceInfo: () => readonly (readonly [name: string, value: string | number])[];
  /** DEBUG SET-ACTIVE-EXPIRE. */
  isExpiryActive: boolean;
  /** [0, 1) */
  random(): number;
  /** Tells who watches or tracks the key, and counts the change. */
  keyChanged(database: Database, key: string): void;
  /** The client's EXEC will fail when this key changes. */
  watch(client: Client, database: number, key: string): void;
  /** Forgets what the client watches. */
  unwatch(client: Client): void;
  /** Whole databases changed; `touchesKey` says whether a watched key is concerned. */
  databaseReplaced(indexes: readonly number[], touchesKey: (database: number, key: string) => boolean): void;
  /** Ends the server after the reply is sent. */
  shutdown(options: { readonly isSaving: boolean }): void;
}

/** How a command was called: by a client, by EXEC, or by redis.call of a script. */
export type CallMode = "direct" | "transaction" | "script";

/** What a command sees. Commands that a script runs have a context of their own, whose SELECT does not reach the client. */
export class CommandContext {
  readonly server: Server;
  readonly client: Client;
  mode: CallMode = "direct";
  #scriptDatabase: number | undefined;
  #scriptProtocol: ProtocolVersion | undefined;
  /** True once the running command said itself what it did, by `propagate`. */
  isPropagated = false;

  constructor(server: Server, client: Client) {
    this.server = server;
    this.client = client;
  }

  /** A context for redis.call: it selects, blocks and propagates for itself. */
  forScript(): CommandContext {
    const context = new CommandContext(this.server, this.client);
    context.mode = "script";
    context.#scriptDatabase = this.selected;
    context.#scriptProtocol = 2;
    return context;
  }

  /** The protocol version for which replies are made: the client's, or what the script chose. */
  get protocol(): ProtocolVersion {
    return this.#scriptProtocol ?? this.client.protocol;
  }

  set protocol(version: ProtocolVersion) {
    if (this.#scriptProtocol === undefined) this.client.protocol = version;
    else this.#scriptProtocol = version;
  }

  /** The number of the selected database. */
  get selected(): number {
    return this.#scriptDatabase ?? this.client.database;
  }

  set selected(index: number) {
    if (this.#scriptDatabase === undefined) this.client.database = index;
    else this.#scriptDatabase = index;
  }

  /** The selected database. */
  get database(): Database {
    const database = this.server.databases[this.selected];
    if (database === undefined) throw new Error(`there is no database ${this.selected}`);
    return database;
  }

  /** Unix time in milliseconds, the same through a command, a transaction and a script. */
  now(): number {
    return this.server.now;
  }

  /** Says what the command did, for the append-only file, in place of its own words; may be called several times. */
  propagate(...args: readonly string[]): void {
    this.isPropagated = true;
    this.server.effects.add(this.selected, args);
  }

  /** Says that the command did nothing that the append-only file must know. */
  propagateNothing(): void {
    this.isPropagated = true;
  }

  /** Publishes a keyspace event, of the class that `notify-keyspace-events` names by this letter. */
  notify(eventClass: string, event: string, key: string): void {
    this.server.events.publish(eventClass, event, key, this.selected);
  }

  /** Waits until one of the keys can serve; in transactions and scripts, the timeout's reply at once. */
  block(
    keys: readonly string[],
    timeoutMs: number,
    timeoutReply: Reply,
    serve: (key: string) => Reply | undefined,
  ): Reply | Promise<Reply> {
    if (this.mode !== "direct") return timeoutReply;
    const { client } = this;
    return this.server.blocked.wait({ client, database: this.selected, keys, timeoutMs, timeoutReply, serve });
  }
}
