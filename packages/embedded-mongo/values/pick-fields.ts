import { type Document, readValue, type Value } from "./document.ts";
import { nameEnd, valueSize } from "./layout.ts";

/** Reads some fields of documents, in the document's order; of one that is bytes, the others are not decoded. */
export function pickFields(names: Iterable<string>): (document: Document) => ReadonlyMap<string, Value> {
  const wanted = new Set(names);
  const byLength = new Map<number, { readonly name: string; readonly bytes: Buffer }[]>();
  for (const name of wanted) {
    const bytes = Buffer.from(name);
    byLength.set(bytes.length, [...(byLength.get(bytes.length) ?? []), { name, bytes }]);
  }
  return (document) => {
    const { raw } = document;
    const picked = new Map<string, Value>();
    if (!raw || document.isDecoded) {
      for (const [name, value] of document.fields()) if (wanted.has(name)) picked.set(name, value);
      return picked;
    }
    const { bytes, end } = raw;
    for (let at = raw.start + 4; at < end - 1 && picked.size < wanted.size; ) {
      const from = at + 1;
      const until = nameEnd(bytes, from);
      const type = bytes[at] ?? 0;
      for (const candidate of byLength.get(until - from) ?? []) {
        if (!candidate.bytes.equals(bytes.subarray(from, until)) || picked.has(candidate.name)) continue;
        picked.set(candidate.name, readValue(bytes, type, until + 1));
      }
      at = until + 1 + valueSize(bytes, type, until + 1);
    }
    return picked;
  };
}
