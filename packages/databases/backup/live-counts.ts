import { openMongo } from "../mongo/open-mongo.ts";
import { openRedis } from "../redis/open-redis.ts";
import { collectionsOf, databasesOf } from "../snapshot/compare/mongo-catalog.ts";
import { isOfLoading } from "./mongo/aside-names.ts";
import { keyspacesOf } from "./redis/redis-facts.ts";

/** A collection or a Redis database with its documents or keys, as far as a server knows without counting. */
export interface LiveCount {
  /** `shop.orders`, `database 0`. */
  readonly name: string;
  readonly count: number;
}

/** What a server has now. @throws the driver's error */
export async function liveCounts(kind: "mongo" | "redis", uri: string): Promise<readonly LiveCount[]> {
  return kind === "mongo" ? mongoCounts(uri) : redisCounts(uri);
}

async function mongoCounts(uri: string): Promise<readonly LiveCount[]> {
  const client = await openMongo(uri, 2);
  try {
    const counts: LiveCount[] = [];
    for (const database of await databasesOf(client))
      for (const name of await collectionsOf(client.db(database)))
        if (!isOfLoading(name)) {
          const count = await client.db(database).collection(name).estimatedDocumentCount();
          counts.push({ name: `${database}.${name}`, count });
        }
    return counts.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } finally {
    await client.close();
  }
}

async function redisCounts(uri: string): Promise<readonly LiveCount[]> {
  const client = await openRedis(uri);
  try {
    const counts: LiveCount[] = [];
    for (const number of await keyspacesOf(client)) {
      await client.select(number);
      counts.push({ name: `database ${number}`, count: await client.dbsize() });
    }
    return counts;
  } finally {
    client.disconnect();
  }
}
