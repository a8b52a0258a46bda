import { afterEach } from "vitest";
import { type RedisOptions, type RunningRedis, startRedis } from "../start-redis.ts";
import { RawClient } from "./raw-client.ts";

/** A server of one test, with clients that are closed with it. */
export interface TestServer {
  readonly port: number;
  readonly uri: string;
  connect(): Promise<RawClient>;
}

const ending: (() => Promise<void> | void)[] = [];

/** Makes every test of the file end what it started. Call it once at the top. */
export function endServersAfterEach(): void {
  afterEach(async () => {
    for (const end of ending.splice(0).reverse()) await end();
  });
}

/** Starts a server that ends with the test. */
export async function startTestServer(options: RedisOptions = {}): Promise<TestServer> {
  const server: RunningRedis = await startRedis(options);
  ending.push(() => server.stop());
  return {
    port: server.port,
    uri: server.uri,
    async connect() {
      const client = await RawClient.connect(server.port);
      ending.push(() => client.close());
      return client;
    },
  };
}
