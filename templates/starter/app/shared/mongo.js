import { MongoClient } from "mongodb";
import { onShutdown } from "./shutdown.js";

/** Opens MongoDB. Connects on first use, and again by itself after an outage. @param {string} url with the database's name as its path */
export function openMongo(url) {
  // Two seconds: a request fails while its sender is still there, rather than after the driver's default of 30.
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 2_000, connectTimeoutMS: 2_000 });
  onShutdown("mongo", () => client.close());
  return client.db();
}
