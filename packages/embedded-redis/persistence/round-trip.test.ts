import fc from "fast-check";
import { expect, test } from "vitest";
import { HashValue } from "../keyspace/hash-value.ts";
import { ListValue } from "../keyspace/list-value.ts";
import { SetValue } from "../keyspace/set-value.ts";
import { SortedSetValue } from "../keyspace/sorted-set-value.ts";
import { StringValue } from "../keyspace/string-value.ts";
import type { RedisValue } from "../keyspace/value.ts";
import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import { dumpValue, restoreValue } from "./dump-payload.ts";
import { readListpack, writeListpack } from "./rdb/listpack.ts";
import { type KeyRecord, readRdb } from "./rdb/read-rdb.ts";
import { writeRdb } from "./rdb/write-rdb.ts";

const byteString = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 90 }).map((codes) => String.fromCharCode(...codes)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  fc.integer({ min: 0, max: 40_000 }).map((length) => "ab\xff".repeat(length).slice(0, length)),
);
const score = fc.oneof(fc.double({ noNaN: true }), fc.integer());

const valueFrom = (byteString: fc.Arbitrary<string>): fc.Arbitrary<RedisValue> =>
  fc.oneof(
    byteString.map((bytes) => new StringValue(bytes)),
    fc.array(byteString, { minLength: 1, maxLength: 20 }).map((elements) => ListValue.of(elements)),
    fc.array(byteString, { minLength: 1, maxLength: 20 }).map((members) => SetValue.of(members)),
    fc.array(fc.tuple(byteString, score), { minLength: 1, maxLength: 20 }).map((pairs) => {
      const set = new SortedSetValue();
      for (const [member, value] of pairs) set.set(member, value === 0 ? 0 : value);
      return set;
    }),
    fc.array(fc.tuple(byteString, byteString, fc.nat()), { minLength: 1, maxLength: 20 }).map((fields) => {
      const hash = new HashValue();
      for (const [field, value, expiry] of fields) {
        hash.set(field, value);
        if (expiry % 3 === 0) hash.setExpiry(field, expiry + 1);
      }
      return hash;
    }),
  );

const anyValue = valueFrom(byteString);
const shortString = fc.string({ maxLength: 60, unit: "binary-ascii" });

function contents(value: RedisValue): unknown {
  if (value.kind === "string") return value.bytes;
  if (value.kind === "hash") return [...value.entries()].map((entry) => [entry.key, entry.value, entry.expiresAt]);
  return value.kind === "stream" ? undefined : [...value];
}

test("Every value comes back from its payload", () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      const restored = restoreValue(dumpValue(value));
      expect(restored?.kind).toBe(value.kind);
      expect(restored && contents(restored)).toEqual(contents(value));
    }),
  );
});

test("A payload with one byte changed is refused", () => {
  fc.assert(
    fc.property(anyValue, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, at, change) => {
      const payload = Buffer.from(dumpValue(value), "latin1");
      const index = at % payload.length;
      payload[index] = (payload[index] ?? 0) ^ change;
      // Eight zeros in place of the checksum mean that there is none.
      if (payload.readBigUInt64LE(payload.length - 8) === 0n) return;
      expect(restoreValue(payload.toString("latin1"))).toBeUndefined();
    }),
  );
});

test("Any bytes at all end in a refusal, never in an exception", () => {
  fc.assert(
    fc.property(byteString, (bytes) => {
      // Version 10 and no checksum: the reader itself has to find what is wrong.
      const value = restoreValue(`${bytes}\x0a\0${"\0".repeat(8)}`);
      expect(value === undefined || value.kind !== undefined).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test("A listpack holds bytes and integers of any size", () => {
  const element = fc.oneof(byteString, fc.integer({ min: -(2 ** 52), max: 2 ** 52 }));
  fc.assert(
    fc.property(fc.array(element, { maxLength: 50 }), (elements) => {
      expect([...readListpack(writeListpack(elements))]).toEqual(elements.map(String));
    }),
  );
});

test("A file of many keys comes back whole, whatever pieces it is read in", () => {
  const record = fc.record({ key: shortString, value: valueFrom(shortString), expiresAt: fc.nat() });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 10 }), fc.integer({ min: 1, max: 5000 }), (records, pieceBytes) => {
      const chunks: Buffer[] = [];
      const writer = new ByteWriter((chunk) => chunks.push(Buffer.from(chunk)), 1024);
      const size = records.length;
      writeRdb(
        writer,
        { databases: [{ index: 7, size, expiringSize: 0, entries: () => records }], libraries: ["x"] },
        {},
      );
      let rest = Buffer.concat(chunks);
      const found: KeyRecord[] = [];
      const libraries: string[] = [];
      const source = (into: Buffer): number => {
        const count = rest.copy(into, 0, 0, pieceBytes);
        rest = rest.subarray(count);
        return count;
      };
      readRdb(new ByteReader(source), { key: (each) => found.push(each), library: (code) => libraries.push(code) });
      expect(libraries).toEqual(["x"]);
      const show = ({ key, value, expiresAt }: Omit<KeyRecord, "database">) => [
        key,
        value.kind,
        contents(value),
        expiresAt,
      ];
      expect(found.map(show)).toEqual(records.map(show));
    }),
    { numRuns: 60 },
  );
});
