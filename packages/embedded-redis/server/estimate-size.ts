import type { RedisValue } from "../keyspace/value.ts";

// What Redis 7 on 64 bits needs for a key and its entry, and for an element beyond its bytes; rounded.
const perKey = 56;
const perElement = 24;

/** Roughly the bytes that Redis would need for a value, from up to `samples` of its elements (0 for all). */
export function estimateSize(key: string, value: RedisValue, samples: number): number {
  return perKey + key.length + sizeOfValue(value, samples);
}

function sizeOfValue(value: RedisValue, samples: number): number {
  switch (value.kind) {
    case "string":
      return value.length + 16;
    case "list":
      return value.byteLength + value.length * 8;
    case "set":
      return sampled(value, value.size, samples, (member) => member.length);
    case "hash":
      return sampled(value.entries(), value.size, samples, (entry) => entry.key.length + entry.value.length + 16);
    case "sortedSet":
      return sampled(value, value.size, samples, ([member]) => member.length + 40);
    case "stream":
      return sampled(value.range("", "\uffff"), value.length, samples, ({ fields }) =>
        fields.reduce((total, each) => total + each.length + 4, 16),
      );
  }
}

function sampled<T>(elements: Iterable<T>, count: number, samples: number, size: (element: T) => number): number {
  let seen = 0;
  let total = 0;
  for (const element of elements) {
    total += size(element) + perElement;
    if (++seen === samples) break;
  }
  return seen === 0 ? 0 : Math.round((total / seen) * count);
}
