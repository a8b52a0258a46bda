import { openMongo } from "../../mongo/open-mongo.ts";
import { databasesOf } from "../../snapshot/compare/mongo-catalog.ts";

/** Drops every database that people made; MongoDB's own stay, with users and the replica set. @throws the driver's error */
export async function emptyMongo(uri: string): Promise<void> {
  const client = await openMongo(uri, 1);
  try {
    for (const name of await databasesOf(client)) await client.db(name).dropDatabase();
  } finally {
    await client.close();
  }
}

/** Has everything on disk, so that the server's files may be copied when it has ended, however it ends. @throws the driver's error */
export async function syncMongo(uri: string): Promise<void> {
  const client = await openMongo(uri, 1);
  try {
    await client.db("admin").command({ fsync: 1 });
  } finally {
    await client.close();
  }
}
