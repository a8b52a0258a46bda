import type { HashValue } from "./hash-value.ts";
import type { ListValue } from "./list-value.ts";
import type { SetValue } from "./set-value.ts";
import type { SortedSetValue } from "./sorted-set-value.ts";
import type { StreamValue } from "./stream-value.ts";
import type { StringValue } from "./string-value.ts";

/** What a key can hold. All byte strings of this package are JavaScript strings of latin1 characters, one a byte. */
export type RedisValue = StringValue | ListValue | SetValue | HashValue | SortedSetValue | StreamValue;

const typeNames = {
  string: "string",
  list: "list",
  set: "set",
  hash: "hash",
  sortedSet: "zset",
  stream: "stream",
} as const;

/** The name of a value's type as TYPE gives it. */
export const typeName = (value: RedisValue): (typeof typeNames)[RedisValue["kind"]] => typeNames[value.kind];
