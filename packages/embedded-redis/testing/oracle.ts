import { formatDouble } from "../resp/format-double.ts";
import { type RunningRedis, startRedis } from "../start-redis.ts";
import { RawClient } from "./raw-client.ts";
import { type RealRedis, startRealRedis } from "./real-redis.ts";
import type { Received } from "./reply-parser.ts";

/** The same command to the embedded server and to the real one. */
export interface Oracle {
  /** Runs a sequence on both, from empty servers; returns both lists of replies. */
  compare(
    commands: readonly (readonly string[])[],
    protocol?: 2 | 3,
  ): Promise<{ ours: readonly Received[]; real: readonly Received[] }>;
  stop(): Promise<void>;
}

/** Starts both servers. */
export async function startOracle(): Promise<Oracle> {
  const [embedded, actual]: [RunningRedis, RealRedis] = await Promise.all([startRedis(), startRealRedis()]);
  const clients = await Promise.all([RawClient.connect(embedded.port), RawClient.connect(actual.port)]);
  return {
    async compare(commands, protocol = 2) {
      const all = [["RESET"], ["FLUSHALL"], ["HELLO", String(protocol)], ...commands];
      const [ours = [], real = []] = await Promise.all(clients.map((client) => answered(client, all)));
      const settled = (replies: readonly Received[]) =>
        replies.slice(3).map((reply, at) => normalize(reply, commands[at]));
      return { ours: settled(ours), real: settled(real) };
    },
    async stop() {
      for (const client of clients) client.close();
      await Promise.all([embedded.stop(), actual.stop()]);
    },
  };
}

/** The replies; whoever does not answer in time is said to. */
async function answered(client: RawClient, commands: readonly (readonly string[])[]): Promise<readonly Received[]> {
  const never = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error(`no answer to ${JSON.stringify(commands)}`)), 10_000).unref();
  });
  return Promise.race([client.pipeline(commands), never]);
}

/** Commands whose replies have no order in Redis, RESP2 included. */
const unordered = new Set(["smembers", "sunion", "sinter", "sdiff", "keys", "hgetall", "hkeys", "hvals"]);

const isMarked = (reply: Received): reply is { readonly [mark: string]: Received } =>
  typeof reply === "object" && reply !== null && !Array.isArray(reply);

/** What has no order is put into one; an error that Redis 7.4 words otherwise than 7.0 loses its words. */
function normalize(reply: Received, args: readonly string[] = []): Received {
  if (args[0] === "XINFO") return withoutConsumers(reply);
  if (/^b?z/i.test(args[0] ?? "")) return withShortDoubles(reply);
  if (Array.isArray(reply) && unordered.has(args[0]?.toLowerCase() ?? "")) return [...reply].sort();
  if (!isMarked(reply)) return reply;
  const { set, map } = reply;
  if (Array.isArray(set)) return { set: [...set].sort() };
  return Array.isArray(map) ? { map: [...map].sort() } : reply;
}

/** Redis 7.0 writes 17 digits of a double, 7.2 and newer the shortest ones that read back the same. */
function withShortDoubles(reply: Received): Received {
  if (typeof reply === "string") return /^-?\d[\d.]*(e[+-]\d+)?$/.test(reply) ? formatDouble(Number(reply)) : reply;
  if (Array.isArray(reply)) return reply.map(withShortDoubles);
  return isMarked(reply) && reply.double !== undefined ? { double: withShortDoubles(reply.double) } : reply;
}

/** Redis 7.2 and newer make the consumer of XCLAIM even when it claims nothing; 7.0 does not. */
function withoutConsumers(reply: Received): Received {
  if (Array.isArray(reply)) {
    return reply.map((each, index) => (reply[index - 1] === "consumers" ? "not compared" : withoutConsumers(each)));
  }
  return isMarked(reply) && reply.map !== undefined ? { map: withoutConsumers(reply.map) } : reply;
}
