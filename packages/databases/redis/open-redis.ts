import type { Redis } from "ioredis";

/** A connection to the server at a URI. The driver is loaded on the first call. @throws the driver's error when nothing answers */
export async function openRedis(uri: string): Promise<Redis> {
  const { Redis } = await import("ioredis");
  const client = new Redis(uri, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 10_000, protocol: 2 });
  // Errors arrive by the calls; without a listener they would be printed as well.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}
