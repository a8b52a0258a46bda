import type { MongoClient } from "mongodb";
import type { HostPort } from "../address.ts";

// A server that took the TCP connection answers at once, or is busy starting: the next probe asks again.
const answerWithinMs = 2_000;

/** Runs work on one direct connection and closes it. The driver is loaded on the first call. @throws the driver's error */
export async function withMongo<T>({ host, port }: HostPort, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const { MongoClient } = await import("mongodb");
  const client = new MongoClient(`mongodb://${host}:${port}/`, {
    directConnection: true,
    serverSelectionTimeoutMS: answerWithinMs,
    connectTimeoutMS: answerWithinMs,
    socketTimeoutMS: answerWithinMs * 5,
    maxPoolSize: 1,
    monitorCommands: false,
  });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
