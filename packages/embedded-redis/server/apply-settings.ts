import { badSetting } from "../errors.ts";
import { hashLimits } from "../keyspace/hash-value.ts";
import { listLimits } from "../keyspace/list-value.ts";
import { setLimits } from "../keyspace/set-value.ts";
import { sortedSetLimits } from "../keyspace/sorted-set-value.ts";
import { streamLimits } from "../keyspace/stream-node.ts";
import type { RedisValue } from "../keyspace/value.ts";
import { countAccess } from "./access-frequency.ts";
import { hashPassword } from "./access-user.ts";
import type { RedisServer } from "./redis-server.ts";

/** Makes the server act on its settings, and applies those given. @throws DevError REDIS_BAD_SETTING */
export function applySettings(server: RedisServer, settings: Readonly<Record<string, string>>): void {
  const { configuration } = server;
  configuration.onChange("maxmemory", (value) => {
    const wasOn = server.maxMemory > 0;
    server.maxMemory = Number(value);
    if (wasOn !== server.maxMemory > 0) server.memory.switch(!wasOn, server.databases);
    return undefined;
  });
  configuration.onChange("proto-max-bulk-len", (value) => {
    server.bulkLengthLimit = Number(value);
    return undefined;
  });
  configuration.onChange("notify-keyspace-events", (value) => {
    if (!server.events.configure(value)) return "Invalid event class character. Use 'Ag$lshzxeKEtmdn'.";
    configuration.fix("notify-keyspace-events", server.events.setting);
    return undefined;
  });
  configuration.onChange("requirepass", (value) => {
    const user = server.accessControl.default;
    user.passwords.clear();
    user.isNoPassword = value === "";
    if (value !== "") user.passwords.add(hashPassword(value));
    return undefined;
  });
  configuration.onChange("maxmemory-policy", (policy) => {
    server.countAccess = policy.endsWith("lfu") ? (value) => countOne(server, value) : undefined;
    return undefined;
  });
  limitSizes(server);
  haveSameValue(server, "busy-reply-threshold", "lua-time-limit");
  const problem = configuration.set(Object.entries(settings));
  if (problem !== undefined) throw badSetting(problem);
}

function countOne({ configuration, now, random }: RedisServer, value: RedisValue): void {
  const logFactor = configuration.number("lfu-log-factor");
  const decayMinutes = configuration.number("lfu-decay-time");
  countAccess(value, { logFactor, decayMinutes }, now, random());
}

/** Two names of one setting. */
function haveSameValue({ configuration }: RedisServer, ...names: readonly string[]): void {
  for (const name of names) {
    configuration.onChange(name, (value) => {
      for (const each of names) configuration.fix(each, value);
      return undefined;
    });
  }
}

/** The limits of the small encodings and of a stream's nodes, and their older names. */
function limitSizes({ configuration }: RedisServer): void {
  const limit = (target: Record<string, number>, field: string, ...names: readonly string[]) => {
    for (const name of names) {
      configuration.onChange(name, (value) => {
        target[field] = Number(value);
        for (const alias of names) configuration.fix(alias, value);
        return undefined;
      });
    }
  };
  limit(hashLimits, "listpackEntries", "hash-max-listpack-entries", "hash-max-ziplist-entries");
  limit(hashLimits, "listpackValue", "hash-max-listpack-value", "hash-max-ziplist-value");
  limit(sortedSetLimits, "listpackEntries", "zset-max-listpack-entries", "zset-max-ziplist-entries");
  limit(sortedSetLimits, "listpackValue", "zset-max-listpack-value", "zset-max-ziplist-value");
  limit(setLimits, "intsetEntries", "set-max-intset-entries");
  limit(setLimits, "listpackEntries", "set-max-listpack-entries");
  limit(setLimits, "listpackValue", "set-max-listpack-value");
  limit(listLimits, "listpackSize", "list-max-listpack-size", "list-max-ziplist-size");
  limit(streamLimits, "nodeEntries", "stream-node-max-entries");
  limit(streamLimits, "nodeBytes", "stream-node-max-bytes");
}
