import type { MongoClient } from "mongodb";

/** A connection to the server at a URI, with what bulk work needs. The driver is loaded on the first call. @throws the driver's error when nothing answers for 10 s */
export async function openMongo(uri: string, maxPoolSize = 4): Promise<MongoClient> {
  const { MongoClient } = await import("mongodb");
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 10_000, maxPoolSize, ignoreUndefined: true });
  try {
    return await client.connect();
  } catch (error) {
    await client.close();
    throw error;
  }
}
