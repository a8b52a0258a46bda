import { MongoClient, type MongoClientOptions } from "mongodb";
import { type MongoOptions, type RunningMongo, startMongo } from "./start-mongo.ts";

/** A server and the means to connect to it; everything ends with `end`. */
export interface TestServer {
  readonly mongo: RunningMongo;
  /** What the server has logged. */
  readonly lines: string[];
  connect(options?: MongoClientOptions, uri?: string): Promise<MongoClient>;
  end(): Promise<void>;
}

/** Starts a server in memory, unless a folder is given. */
export async function serve(options: MongoOptions = {}): Promise<TestServer> {
  const lines: string[] = [];
  const mongo = await startMongo({ log: (line) => lines.push(line), ...options });
  const clients: MongoClient[] = [];
  return {
    mongo,
    lines,
    async connect(clientOptions = {}, uri = mongo.uri) {
      const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5000, ...clientOptions });
      clients.push(client);
      return client.connect();
    },
    async end() {
      await Promise.all(clients.map((client) => client.close()));
      await mongo.stop();
    },
  };
}
