import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startChildServer } from "../../testing/child-server.ts";
import { RawClient } from "../../testing/raw-client.ts";

/** What the rounds found. */
export interface CrashReport {
  readonly acknowledged: number;
  /** Keys whose acknowledged value was not there after a crash. */
  readonly lost: readonly string[];
  /** Transactions or scripts of which a part was there. */
  readonly torn: readonly string[];
}

const writers = 8;

/**
 * Round by round: a server that flushes always, writers that count what is acknowledged to them, kill -9 at a random moment, and a
 * look at what the next server loads. Each writer writes single keys, transactions and scripts of two keys that belong together.
 */
export async function runCrashRounds(rounds: number, random: () => number): Promise<CrashReport> {
  const folder = await mkdtemp(join(tmpdir(), "redis-crash-"));
  const settings = { appendfsync: "always", "auto-aof-rewrite-min-size": "20000" };
  const expected = new Map<string, number>();
  const lost: string[] = [];
  const torn: string[] = [];
  let acknowledged = 0;
  try {
    for (let round = 0; round <= rounds; round++) {
      const server = await startChildServer({ dataDirectory: folder, settings });
      try {
        await check(server.port, expected, lost, torn);
        if (round === rounds) break;
        // Counted in what was acknowledged, so that a slow disk has as many writes to lose as a fast one.
        const until = acknowledged + 1 + random() * 40;
        const work = Array.from({ length: writers }, (_, writer) =>
          write(server.port, writer, expected, (count) => {
            const isBefore = acknowledged < until;
            acknowledged += count;
            if (isBefore && acknowledged >= until) setTimeout(() => void server.kill(), random() * 30);
          }),
        );
        await Promise.all(work);
      } finally {
        await server.kill();
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { acknowledged, lost, torn };
}

/** Writes until the connection is gone, and tells how many writes were acknowledged. */
async function write(
  port: number,
  writer: number,
  expected: Map<string, number>,
  onAcknowledged: (count: number) => void,
): Promise<void> {
  // The server may be gone before the connection is there.
  const client = await RawClient.connect(port).catch(() => undefined);
  if (client === undefined) return;
  const ended = () => undefined;
  const gone = client.closed.then(ended, ended);
  const [single, left, right] = [`single:${writer}`, `left:${writer}`, `right:${writer}`];
  for (;;) {
    const next = (key: string): number => (expected.get(key) ?? 0) + 1;
    const [one, pair] = [next(single), next(left)];
    const inScript = `redis.call('set', KEYS[1], ARGV[1]) redis.call('set', KEYS[2], ARGV[1])`;
    const commands =
      pair % 2 === 0
        ? [["EVAL", inScript, "2", left, right, String(pair)]]
        : [["MULTI"], ["SET", left, String(pair)], ["SET", right, String(pair)], ["EXEC"]];
    const replies = await Promise.race([client.pipeline([["SET", single, String(one)], ...commands]), gone]);
    if (replies === undefined) return;
    for (const [key, value] of [[single, one] as const, [left, pair] as const, [right, pair] as const]) {
      expected.set(key, value);
    }
    onAcknowledged(2);
  }
}

async function check(port: number, expected: Map<string, number>, lost: string[], torn: string[]): Promise<void> {
  const client = await RawClient.connect(port);
  const read = async (key: string): Promise<number> => Number(await client.call("GET", key));
  for (const [key, value] of expected) {
    const found = await read(key);
    // What was under way at the crash may be there, one step ahead.
    if (found !== value && found !== value + 1) lost.push(`${key}: ${found} in place of ${value}`);
  }
  for (let writer = 0; writer < writers; writer++) {
    const [left, right] = [await read(`left:${writer}`), await read(`right:${writer}`)];
    if (left !== right) torn.push(`writer ${writer}: ${left} and ${right}`);
    for (const key of [`single:${writer}`, `left:${writer}`, `right:${writer}`]) expected.set(key, await read(key));
  }
  client.close();
}
