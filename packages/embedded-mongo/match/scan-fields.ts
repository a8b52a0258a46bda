import { type Document, readValue, type Value } from "../values/document.ts";
import { nameEnd, valueSize } from "../values/layout.ts";
import type { FieldTest } from "./expression.ts";

/** A test of one top-level field. */
export interface NamedTest {
  readonly name: string;
  readonly test: FieldTest;
  /** The test is equality with this text: it can be seen in the bytes. */
  readonly text?: string | undefined;
}

interface Wanted {
  readonly bytes: Buffer;
  readonly test: FieldTest;
  readonly text: Buffer | undefined;
}

// One bit a field tells which were seen.
const mostFields = 30;

/**
 * Whether all tests pass, in one walk through a document's bytes that ends at the first failure; only the fields that are tested are decoded. Undefined for
 * more than 30 fields.
 */
export function scanFields(tests: readonly NamedTest[]): ((document: Document) => boolean) | undefined {
  const names = [...new Set(tests.map(({ name }) => name))];
  const wanted = names.map((name) =>
    joined(
      name,
      tests.filter((test) => test.name === name),
    ),
  );
  if (wanted.length > mostFields) return undefined;
  const all = 2 ** wanted.length - 1;
  return (document) => {
    const { raw } = document;
    if (!raw || document.isDecoded) return wanted.every(({ name, test }) => test(document.get(name)));
    const { bytes, end } = raw;
    let seen = 0;
    let at = raw.start + 4;
    while (at < end - 1) {
      const from = at + 1;
      const until = nameEnd(bytes, from);
      const type = bytes[at] ?? 0;
      const found = indexOf(wanted, seen, bytes, from, until);
      if (found >= 0) {
        const entry = wanted[found];
        if (entry && !passes(entry, bytes, type, until + 1)) return false;
        seen |= 1 << found;
        if (seen === all) return true;
      }
      at = until + 1 + valueSize(bytes, type, until + 1);
    }
    return missingPass(wanted, seen);
  };
}

function joined(name: string, group: readonly NamedTest[]): Wanted & { readonly name: string } {
  const [first] = group;
  const text = group.length === 1 ? first?.text : undefined;
  const tests = group.map(({ test }) => test);
  const [only] = tests;
  return {
    name,
    bytes: Buffer.from(name),
    test: tests.length === 1 && only ? only : (value: Value | undefined) => tests.every((test) => test(value)),
    text: text === undefined ? undefined : Buffer.from(text),
  };
}

function indexOf(wanted: readonly Wanted[], seen: number, bytes: Buffer, from: number, until: number): number {
  const length = until - from;
  for (let index = 0; index < wanted.length; index++) {
    const name = wanted[index]?.bytes;
    if (name?.length === length && (seen & (1 << index)) === 0 && isSame(bytes, from, name)) return index;
  }
  return -1;
}

function passes({ test, text }: Wanted, bytes: Buffer, type: number, at: number): boolean {
  // A text's length counts its closing zero.
  if (text && type === 0x02) return bytes.readInt32LE(at) === text.length + 1 && isSame(bytes, at + 4, text);
  return test(readValue(bytes, type, at));
}

function isSame(bytes: Buffer, from: number, wanted: Buffer): boolean {
  for (let index = 0; index < wanted.length; index++) if (bytes[from + index] !== wanted[index]) return false;
  return true;
}

function missingPass(wanted: readonly Wanted[], seen: number): boolean {
  for (let index = 0; index < wanted.length; index++) {
    if ((seen & (1 << index)) === 0 && wanted[index]?.test(undefined) === false) return false;
  }
  return true;
}
