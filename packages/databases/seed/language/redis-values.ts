import { type Span, spanMs } from "./duration.ts";

/** A value of Redis, of any of its types, and how long it stays. */
export interface RedisValue {
  readonly type: "string" | "hash" | "list" | "set" | "sorted set" | "stream" | "bits" | "hyperloglog" | "geo";
  /** The commands that make it, without the key, which comes after the first word. */
  readonly commands: readonly (readonly [command: string, ...words: (string | number | Uint8Array)[]])[];
  readonly expiresInMs: number | undefined;
}

/** How long a key stays; without it, for ever. */
export interface Expiry {
  /** @example expiresIn: "30m" */
  readonly expiresIn?: Span;
}

/** What a field, an element or a member may be: an id is written as its text. */
export type RedisScalar = string | number | boolean | Uint8Array | { toString(): string };

/** Values of Redis. @example value: () => redis.hash({ user: ref("customers"), seen: 3 }, { expiresIn: "1h" }) */
export const redis = {
  string: (value: RedisScalar, expiry?: Expiry) => made("string", [["SET", word(value)]], expiry),
  /** A string of JSON. */
  json: (value: unknown, expiry?: Expiry) => made("string", [["SET", JSON.stringify(value)]], expiry),
  hash: (fields: Readonly<Record<string, RedisScalar>>, expiry?: Expiry) =>
    made("hash", [["HSET", ...Object.entries(fields).flatMap(([name, value]) => [name, word(value)])]], expiry),
  list: (elements: readonly RedisScalar[], expiry?: Expiry) => made("list", [["RPUSH", ...elements.map(word)]], expiry),
  set: (members: readonly RedisScalar[], expiry?: Expiry) => made("set", [["SADD", ...members.map(word)]], expiry),
  /** Members with their scores. */
  sortedSet: (members: readonly (readonly [member: RedisScalar, score: number])[], expiry?: Expiry) =>
    made("sorted set", [["ZADD", ...members.flatMap(([member, score]) => [score, word(member)])]], expiry),
  /** Entries with their times in ascending order; the times are the entries' ids. */
  stream: (
    entries: readonly { readonly at: Date; readonly fields: Readonly<Record<string, RedisScalar>> }[],
    expiry?: Expiry,
  ) =>
    made(
      "stream",
      entries.map(({ at, fields }, index) => [
        "XADD",
        `${at.getTime()}-${index}`,
        ...Object.entries(fields).flatMap(([name, value]) => [name, word(value)]),
      ]),
      expiry,
    ),
  /** A bitmap with these bits set. */
  bits: (offsets: readonly number[], expiry?: Expiry) =>
    made(
      "bits",
      offsets.map((offset) => ["SETBIT", offset, 1]),
      expiry,
    ),
  hyperLogLog: (elements: readonly RedisScalar[], expiry?: Expiry) =>
    made("hyperloglog", [["PFADD", ...elements.map(word)]], expiry),
  /** Places on earth, by longitude and latitude in degrees. */
  geo: (
    places: readonly { readonly longitude: number; readonly latitude: number; readonly member: RedisScalar }[],
    expiry?: Expiry,
  ) =>
    made(
      "geo",
      [["GEOADD", ...places.flatMap(({ longitude, latitude, member }) => [longitude, latitude, word(member)])]],
      expiry,
    ),
};

function made(type: RedisValue["type"], commands: RedisValue["commands"], expiry: Expiry | undefined): RedisValue {
  const expiresInMs = expiry?.expiresIn === undefined ? undefined : spanMs(expiry.expiresIn);
  // A command without elements would be refused, and an empty list is no key (Redis, data types).
  return { type, commands: commands.filter(({ length }) => length > 1), expiresInMs };
}

const word = (value: RedisScalar): string | number | Uint8Array =>
  typeof value === "string" || typeof value === "number" || value instanceof Uint8Array ? value : String(value);
