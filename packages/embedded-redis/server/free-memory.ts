import type { Database } from "../keyspace/database.ts";
import type { DictEntry } from "../keyspace/indexed-dict.ts";
import type { RedisValue } from "../keyspace/value.ts";
import type { Server } from "./command-context.ts";

type Entry = DictEntry<RedisValue>;

/** Evicts keys by `maxmemory-policy` until the data fits into `maxmemory`; false when it does not and nothing can be evicted. */
export function freeMemoryIfNeeded(server: Server): boolean {
  const limit = server.maxMemory;
  if (limit === 0) return true;
  const policy = server.configuration.text("maxmemory-policy");
  while (server.memory.total > limit) {
    const victim = policy === "noeviction" ? undefined : chooseVictim(server, policy);
    if (victim === undefined) return false;
    const { database, key } = victim;
    database.delete(key);
    server.effects.add(database.index, ["DEL", key]);
    server.events.publish("e", "evicted", key, database.index);
    server.statistics.evictedKeys++;
  }
  return true;
}

/** The best key to evict among a few random ones of each database, as Redis samples them ("Key eviction"). */
function chooseVictim(
  server: Server,
  policy: string,
): { readonly database: Database; readonly key: string } | undefined {
  const samples = server.configuration.number("maxmemory-samples");
  let best: { readonly database: Database; readonly key: string; readonly rank: number } | undefined;
  for (const database of server.databases) {
    for (let sample = 0; sample < samples; sample++) {
      const entry = policy.startsWith("volatile")
        ? database.randomExpiring(server.random)
        : database.random(server.random);
      if (entry === undefined) continue;
      const rank = rankOf(server, policy, entry);
      if (best === undefined || rank < best.rank) best = { database, key: entry.key, rank };
    }
  }
  return best;
}

/** The lower, the sooner it goes. */
function rankOf(server: Server, policy: string, entry: Entry): number {
  if (policy.endsWith("ttl")) return entry.expiresAt;
  if (policy.endsWith("random")) return server.random();
  return policy.endsWith("lfu") ? entry.value.frequency : entry.value.accessedAt;
}
