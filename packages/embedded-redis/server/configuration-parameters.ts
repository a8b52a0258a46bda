/** What a setting may be. */
export type ParameterKind =
  | { readonly type: "integer"; readonly min: number; readonly max: number }
  | { readonly type: "memory" }
  | { readonly type: "boolean" }
  | { readonly type: "choice"; readonly choices: readonly string[] }
  | { readonly type: "text" };

/** A setting of CONFIG. */
export interface Parameter {
  readonly initial: string;
  readonly kind: ParameterKind;
  /** CONFIG SET refuses it. */
  readonly isFixed?: boolean;
}

const integer = (initial: number, min = 0, max = 2 ** 31 - 1): Parameter => ({
  initial: String(initial),
  kind: { type: "integer", min, max },
});
const memory = (initial: number): Parameter => ({ initial: String(initial), kind: { type: "memory" } });
const boolean = (initial: "yes" | "no"): Parameter => ({ initial, kind: { type: "boolean" } });
const text = (initial: string): Parameter => ({ initial, kind: { type: "text" } });
const choice = (initial: string, ...choices: readonly string[]): Parameter => ({
  initial,
  kind: { type: "choice", choices: [initial, ...choices] },
});
const fixed = (parameter: Parameter): Parameter => ({ ...parameter, isFixed: true });

/** The settings that this server has, with Redis 7.4's defaults (its redis.conf). What it does not act on, it does not have. */
export const parameters: Readonly<Record<string, Parameter>> = {
  "acl-pubsub-default": choice("resetchannels", "allchannels"),
  "acllog-max-len": integer(128),
  appenddirname: fixed(text("appendonlydir")),
  appendfilename: fixed(text("appendonly.aof")),
  appendfsync: choice("everysec", "always", "no"),
  appendonly: boolean("no"),
  "auto-aof-rewrite-min-size": memory(67108864),
  "auto-aof-rewrite-percentage": integer(100),
  bind: fixed(text("127.0.0.1")),
  "busy-reply-threshold": integer(5000),
  "client-query-buffer-limit": memory(1073741824),
  databases: fixed(integer(16, 1)),
  dbfilename: fixed(text("dump.rdb")),
  dir: fixed(text("")),
  "hash-max-listpack-entries": integer(512),
  "hash-max-listpack-value": integer(64),
  "hash-max-ziplist-entries": integer(512),
  "hash-max-ziplist-value": integer(64),
  "hll-sparse-max-bytes": integer(3000),
  hz: integer(10, 1, 500),
  "lfu-decay-time": integer(1),
  "lfu-log-factor": integer(10),
  "list-max-listpack-size": integer(-2, -5),
  "list-max-ziplist-size": integer(-2, -5),
  "lua-time-limit": integer(5000),
  maxclients: integer(10000, 1),
  maxmemory: memory(0),
  "maxmemory-policy": {
    initial: "noeviction",
    kind: {
      type: "choice",
      choices: [
        "volatile-lru",
        "volatile-lfu",
        "volatile-random",
        "volatile-ttl",
        "allkeys-lru",
        "allkeys-lfu",
        "allkeys-random",
        "noeviction",
      ],
    },
  },
  "maxmemory-samples": integer(5, 1, 64),
  "notify-keyspace-events": text(""),
  port: fixed(integer(6379, 0, 65535)),
  "proto-max-bulk-len": memory(536870912),
  requirepass: text(""),
  save: text(""),
  "set-max-intset-entries": integer(512),
  "set-max-listpack-entries": integer(128),
  "set-max-listpack-value": integer(64),
  "slowlog-log-slower-than": integer(10000, -1),
  "slowlog-max-len": integer(128),
  "stop-writes-on-bgsave-error": boolean("yes"),
  "stream-node-max-bytes": memory(4096),
  "stream-node-max-entries": integer(100),
  "tcp-keepalive": integer(300),
  timeout: integer(0),
  "tracking-table-max-keys": integer(1000000),
  "zset-max-listpack-entries": integer(128),
  "zset-max-listpack-value": integer(64),
  "zset-max-ziplist-entries": integer(128),
  "zset-max-ziplist-value": integer(64),
};

/** Whether the server acts on a setting of redis.conf; a directive that it does not have is best named to a person and left out. */
export const isRedisSetting = (name: string): boolean => Object.hasOwn(parameters, name);
