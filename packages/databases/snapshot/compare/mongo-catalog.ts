import type { Db, MongoClient } from "mongodb";

/** MongoDB's own databases: users, replication, sharding (manual, "Local database", "Config database", "System collections"). */
export const ownDatabases: ReadonlySet<string> = new Set(["admin", "local", "config"]);

/** The databases of a server that people made. @throws the driver's error */
export async function databasesOf(client: MongoClient): Promise<readonly string[]> {
  const { databases } = await client.db("admin").admin().listDatabases({ nameOnly: true });
  return databases.map(({ name }) => name).filter((name) => !ownDatabases.has(name));
}

/** The collections of a database; views have no data of their own. @throws the driver's error */
export async function collectionsOf(database: Db): Promise<readonly string[]> {
  const found = await database.listCollections({}, { nameOnly: true }).toArray();
  return found.filter(({ name, type }) => type !== "view" && !name.startsWith("system.")).map(({ name }) => name);
}

/** The indexes of a collection as text, `_id_` left out; none where there is no collection. @throws the driver's error */
export async function indexesOf(database: Db, name: string): Promise<readonly string[]> {
  if (!(await collectionsOf(database)).includes(name)) return [];
  const found = await database.collection(name).listIndexes().toArray();
  return found
    .filter((index) => index.name !== "_id_")
    .map(({ v: _, ns: __, name: title, key, ...options }) => {
      const rest = Object.keys(options).length === 0 ? "" : ` ${JSON.stringify(options)}`;
      return `${title} ${JSON.stringify(key)}${rest}`;
    });
}
