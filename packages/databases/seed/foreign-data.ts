import { withRedis } from "../snapshot/save-redis.ts";
import type { SeedTargets } from "./write/worker-protocol.ts";

/** What a dataset makes, by name. */
export interface MadeParts {
  readonly collections: readonly string[];
  readonly entries: readonly string[];
}

// MongoDB's own (manual, "system collections and databases").
const systemDatabases = ["admin", "config", "local"];
const marks = "_drydock";

/**
 * What the servers of a seeding hold besides the dataset's own, a few words for the first of it; undefined where there is nothing. `isEmpty`: the dataset's own
 * counts too. Of Redis, keys that entries of the dataset made are known; those of its post-step are not.
 * @throws the drivers' errors
 */
export async function foreignData(
  { mongo, redis }: SeedTargets,
  made: MadeParts,
  isEmpty: boolean,
): Promise<string | undefined> {
  return (mongo && (await inMongo(mongo, made, isEmpty))) ?? (redis && (await inRedis(redis.uri, made, isEmpty)));
}

async function inMongo(
  { uri, database }: { readonly uri: string; readonly database: string },
  { collections }: MadeParts,
  isEmpty: boolean,
): Promise<string | undefined> {
  const { openMongo } = await import("../mongo/open-mongo.ts");
  const client = await openMongo(uri, 2);
  try {
    const { databases } = await client.db("admin").command({ listDatabases: 1, nameOnly: true });
    for (const { name } of databases as readonly { readonly name: string }[]) {
      if (systemDatabases.includes(name)) continue;
      for (const { name: collection, type } of await client.db(name).listCollections().toArray()) {
        const isOwn = name === database && (collection === marks || collections.includes(collection));
        if (type === "view" || collection.startsWith("system.") || (isOwn && !isEmpty)) continue;
        if (
          (await client
            .db(name)
            .collection(collection)
            .findOne({}, { projection: { _id: 1 } })) !== null
        )
          return `${name}.${collection} has documents`;
      }
    }
    return undefined;
  } finally {
    await client.close();
  }
}

function inRedis(uri: string, { entries }: MadeParts, isEmpty: boolean): Promise<string | undefined> {
  return withRedis(uri, async (client) => {
    const number = /\/(\d+)$/.exec(uri)?.[1] ?? "0";
    // db0:keys=50,expires=10 (Redis commands, INFO, keyspace)
    for (const [, at = "", keys = ""] of (await client.info("keyspace")).matchAll(/^db(\d+):keys=(\d+)/gm)) {
      if (at !== number || isEmpty) return `database ${at} of Redis has keys`;
      const sets = entries.map((entry) => `${marks}:keys:${entry}`);
      const sizes = await Promise.all(sets.map((set) => client.scard(set)));
      const own = sizes.reduce((sum, size) => sum + size, 0) + (await client.exists(`${marks}:seed`, ...sets));
      if (Number(keys) > own) return `database ${at} of Redis has other keys`;
    }
    return undefined;
  });
}
