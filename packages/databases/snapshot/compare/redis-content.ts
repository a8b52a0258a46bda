import { createHash } from "node:crypto";
import type { Redis } from "ioredis";

/** A key's value as far as two servers can have it the same, whatever their encodings: type, content, expiry. Undefined where there is no such key. */
export async function contentOf(client: Redis, key: Buffer): Promise<string | undefined> {
  const type = await client.type(key);
  if (type === "none") return undefined;
  const [parts, expiry] = await Promise.all([read(client, type, key), client.call("PEXPIRETIME", key)]);
  const hash = createHash("sha1");
  for (const part of parts) hash.update(`${part.length} `).update(part);
  return `${type} ${hash.digest("hex")} ${expiry}`;
}

/** The same for people: `hash {"a":"1"}`. */
export async function textOf(client: Redis, key: Buffer): Promise<string> {
  const type = await client.type(key);
  const parts = (await read(client, type, key)).slice(0, 20).map((part) => part.toString("utf8"));
  return type === "string" ? JSON.stringify(parts[0] ?? "") : `${type} ${JSON.stringify(parts)}`;
}

/** The parts of a value, in an order that depends on nothing but the value. */
async function read(client: Redis, type: string, key: Buffer): Promise<readonly Buffer[]> {
  switch (type) {
    case "string":
      return [(await client.getBuffer(key)) ?? Buffer.alloc(0)];
    case "list":
      return flat(await client.callBuffer("LRANGE", key, "0", "-1"));
    case "set":
      return (await client.smembersBuffer(key)).sort(Buffer.compare);
    case "zset":
      return flat(await client.callBuffer("ZRANGE", key, "0", "-1", "WITHSCORES"));
    case "hash":
      return pairs(await client.callBuffer("HGETALL", key));
    case "stream":
      return flat(await client.callBuffer("XRANGE", key, "-", "+"));
    default: {
      const dump = await client.callBuffer("DUMP", key);
      return flat(dump);
    }
  }
}

function pairs(answer: unknown): readonly Buffer[] {
  const parts = flat(answer);
  const fields = parts.flatMap((field, index) =>
    index % 2 === 0 ? [[field, parts[index + 1] ?? field] as const] : [],
  );
  return fields.sort(([a], [b]) => Buffer.compare(a, b)).flat();
}

/** Every byte string in an answer, in its order. */
function flat(answer: unknown): readonly Buffer[] {
  if (Buffer.isBuffer(answer)) return [answer];
  if (Array.isArray(answer)) return answer.flatMap(flat);
  return [Buffer.from(String(answer))];
}
