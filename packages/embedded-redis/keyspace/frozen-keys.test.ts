import fc from "fast-check";
import { expect, test } from "vitest";
import { Database } from "./database.ts";
import { HashValue } from "./hash-value.ts";
import type { RedisValue } from "./value.ts";

const observer = {
  now: () => 1000,
  accessed: () => {},
  changed: () => {},
  added: () => {},
  expired: () => {},
};

const hashOf = (text: string) => {
  const hash = new HashValue();
  hash.set("field", text);
  return hash;
};
const show = (value: RedisValue) => (value.kind === "hash" ? value.get("field") : undefined);

const key = fc.integer({ min: 0, max: 12 }).map(String);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: "take" as const, key: "" }) },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constantFrom("set", "change", "delete", "expire", "rename"), key }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("clear", "swap"), key }) },
);

test("frozen keys are those of the moment, each once, whatever happens meanwhile", () => {
  const property = fc.property(fc.uniqueArray(key), fc.array(step, { maxLength: 60 }), (keys, steps) => {
    const [database, other] = [new Database(0, observer), new Database(1, observer)];
    for (const each of keys) database.set(each, hashOf("old"));
    if (keys[0] !== undefined) database.setExpiry(keys[0], 5000);
    const taken: unknown[] = [];
    const frozen = database.freeze((_, entry) => take(entry));
    const take = (entry: { key: string; value: RedisValue; expiresAt: number }) =>
      taken.push([entry.key, show(entry.value), entry.expiresAt]);
    const rest = frozen.entries();
    for (const { kind, key: at } of steps) {
      const hash = kind === "change" || kind === "rename" ? database.get(at) : undefined;
      if (kind === "take") {
        const next = rest.next();
        if (!next.done) take(next.value);
      } else if (kind === "set") database.set(at, hashOf("new"));
      else if (kind === "change" && hash?.kind === "hash") hash.set("field", "new");
      else if (kind === "rename" && hash?.kind === "hash") {
        database.delete(at);
        database.set(`${at}x`, hash);
        hash.set("field", "newer");
      } else if (kind === "delete") database.delete(at);
      else if (kind === "expire") database.setExpiry(at, 9000);
      else if (kind === "clear") database.clear();
      else if (kind === "swap") database.swapWith(other);
    }
    for (const entry of rest) take(entry);
    frozen.release();
    expect(taken.sort()).toEqual(keys.map((each, i) => [each, "old", i === 0 ? 5000 : 0]).sort());
    database.set("after", hashOf("x"));
    expect(taken).toHaveLength(keys.length);
  });
  fc.assert(property, { numRuns: 1000 });
});
