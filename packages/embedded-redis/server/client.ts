import type { ProtocolVersion } from "../resp/encode.ts";
import type { Reply } from "../resp/reply.ts";

/** A key that a client watches. */
export interface WatchedKey {
  readonly database: number;
  readonly key: string;
  /** It existed when WATCH was called. */
  readonly wasThere: boolean;
}

/** How a client wants to be told of keys that changed (CLIENT TRACKING). */
export interface Tracking {
  readonly isBroadcast: boolean;
  readonly prefixes: readonly string[];
  readonly mode: "default" | "optin" | "optout";
  readonly isNoLoop: boolean;
  /** The id of the client that gets the messages in place of this one. */
  readonly redirect: number | undefined;
}

/** Why a client waits, so that it can be ended from outside. */
export interface BlockedState {
  /** Ends the wait with this reply. */
  end(reply: Reply): void;
  readonly timeoutReply: Reply;
  readonly database: number;
  readonly keys: readonly string[];
}

/** What belongs to one connection. */
export interface ClientOptions {
  readonly id: number;
  /** host:port of the other side, and of this one. */
  readonly address: string;
  readonly localAddress: string;
  readonly createdAt: number;
  /** Writes a reply that no request asked for: pub/sub messages, invalidations, MONITOR lines. */
  readonly push: (reply: Reply) => void;
  /** Closes the connection, after what was written before is sent. */
  readonly close: () => void;
}

/** A connection's state, which its commands read and change. */
export class Client {
  readonly id: number;
  readonly address: string;
  readonly localAddress: string;
  readonly createdAt: number;
  readonly push: (reply: Reply) => void;
  readonly close: () => void;
  name = "";
  libraryName = "";
  libraryVersion = "";
  database = 0;
  protocol: ProtocolVersion = 2;
  user = "default";
  isAuthenticated = false;
  isClosing = false;
  lastCommand = "";
  lastCommandAt: number;
  /** The commands of a transaction; undefined outside of MULTI. */
  queue: (readonly string[])[] | undefined;
  /** A command could not be queued: EXEC will be refused. */
  isQueueBroken = false;
  readonly watched: WatchedKey[] = [];
  /** A watched key changed. */
  isDirty = false;
  readonly channels = new Set<string>();
  readonly patterns = new Set<string>();
  readonly shardChannels = new Set<string>();
  blocked: BlockedState | undefined;
  isMonitor = false;
  tracking: Tracking | undefined;
  /** CLIENT CACHING of the next command. */
  caching: boolean | undefined;
  replyMode: "on" | "off" | "skip" | "skip-next" = "on";
  isNoEvict = false;
  isNoTouch = false;

  constructor(options: ClientOptions) {
    this.id = options.id;
    this.address = options.address;
    this.localAddress = options.localAddress;
    this.createdAt = options.createdAt;
    this.lastCommandAt = options.createdAt;
    this.push = options.push;
    this.close = options.close;
  }

  /** How many channels, patterns and shard channels it is subscribed to. */
  get subscriptions(): number {
    return this.channels.size + this.patterns.size + this.shardChannels.size;
  }
}
