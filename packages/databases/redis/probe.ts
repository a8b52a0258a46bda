import { type HostPort, type ProbeAnswer, refusal } from "../address.ts";

/**
 * Whether a Redis server answers PING and has loaded its data (it says LOADING until then); one that asks for a password
 * answers. Never rejects for a server that is away.
 */
export async function probeRedis(address: HostPort, signal: AbortSignal): Promise<ProbeAnswer> {
  const refused = await refusal(address, signal);
  signal.throwIfAborted();
  if (refused !== undefined) return { isReady: false, detail: refused };
  const { Redis } = await import("ioredis");
  const client = new Redis({
    ...address,
    lazyConnect: true,
    // HELLO 3 would be refused without a password before PING is asked (Redis commands, HELLO).
    protocol: 2,
    enableReadyCheck: false,
    retryStrategy: () => null,
    connectTimeout: 2_000,
  });
  // Errors arrive by the calls below; without a listener they would be printed as well.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return { isReady: true, detail: await client.ping() };
  } catch (error) {
    signal.throwIfAborted();
    const detail = error instanceof Error ? error.message : String(error);
    return { isReady: /^NOAUTH/.test(detail), detail };
  } finally {
    client.disconnect();
  }
}
