import type { SerializedError } from "@drydock/core";

/** What a thread of database servers is asked to run. Plain data: it crosses to the thread. */
export interface ServerThreadRequest {
  readonly mongo?: ThreadMongo;
  readonly redis?: ThreadRedis;
}

interface ThreadServer {
  /** 0: a free one. */
  readonly port: number;
  readonly host?: string;
  /** Absolute. */
  readonly dataDirectory: string;
  /** A folder that the data is a copy of, and is again after a reset; without it a reset leaves nothing. */
  readonly template?: string;
}

/** See `MongoOptions` of the embedded MongoDB. */
export interface ThreadMongo extends ThreadServer {
  readonly replicaSet?: string;
  readonly user?: { readonly name: string; readonly password: string };
}

/** See `RedisOptions` of the embedded Redis. */
export interface ThreadRedis extends ThreadServer {
  readonly password?: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** Where the servers of a thread answer. */
export interface ThreadAddresses {
  readonly mongo?: ThreadAddress;
  readonly redis?: ThreadAddress;
}

export interface ThreadAddress {
  readonly uri: string;
  readonly port: number;
}

/** What a thread can be asked: `start` first, `reset` as often as wanted, `stop` last. */
export type ThreadAct = "start" | "reset" | "stop";

/** A question to the thread, and its answer. */
export interface ThreadQuestion {
  readonly id: number;
  readonly act: ThreadAct;
}

export type ThreadAnswer =
  | { readonly id: number; readonly addresses: ThreadAddresses }
  | { readonly id: number; readonly error: SerializedError };
