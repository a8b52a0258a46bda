import { type Document, readValue, type Value } from "./document.ts";
import { nameEnd, valueSize } from "./layout.ts";

/** Reads one field of documents, the same as `document.get(name)` in less time: the name's bytes are made once. */
export function fieldReader(name: string): (document: Document) => Value | undefined {
  const wanted = Buffer.from(name);
  const { length } = wanted;
  const first = wanted[0] ?? 0;
  return (document) => {
    const { raw } = document;
    if (!raw || document.isDecoded) return document.get(name);
    const { bytes, end } = raw;
    const last = end - 1;
    let at = raw.start + 4;
    while (at < last) {
      const from = at + 1;
      // The length decides before the bytes do, and the first byte before the others.
      if (bytes[from + length] === 0 && bytes[from] === first && isName(bytes, from, wanted)) {
        return readValue(bytes, bytes[at] ?? 0, from + length + 1);
      }
      const value = nameEnd(bytes, from) + 1;
      at = value + valueSize(bytes, bytes[at] ?? 0, value);
    }
    return undefined;
  };
}

function isName(bytes: Buffer, from: number, wanted: Buffer): boolean {
  for (let index = 0; index < wanted.length; index++) if (bytes[from + index] !== wanted[index]) return false;
  return true;
}
