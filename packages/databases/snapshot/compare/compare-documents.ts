import { createHash } from "node:crypto";
import { idBytes } from "./id-bytes.ts";

/** One document that two collections do not have the same, as BSON. The first few have all of it, for samples. */
export interface Changed {
  readonly kind: "added" | "removed" | "changed";
  readonly before?: Buffer;
  readonly after?: Buffer;
}

interface Waiting {
  readonly hash: string;
  readonly raw: Buffer | undefined;
}

interface Side {
  readonly documents: AsyncIterator<unknown>;
  /** Documents that have met no partner, by their `_id`. */
  readonly waiting: Map<string, Waiting>;
  isOpen: boolean;
}

// So many of those that have no partner yet are kept whole; of the others the hash is enough.
const keptWhole = 16;

/**
 * Compares two collections by `_id`. Both come in the same order, so that a document waits for its partner only as long as one side has more: what is kept
 * in memory grows with the differences, not with the collections.
 */
export async function* compareDocuments(
  before: AsyncIterable<unknown>,
  after: AsyncIterable<unknown>,
): AsyncGenerator<Changed> {
  const older: Side = { documents: before[Symbol.asyncIterator](), waiting: new Map(), isOpen: true };
  const newer: Side = { documents: after[Symbol.asyncIterator](), waiting: new Map(), isOpen: true };
  const sides = [older, newer];
  while (sides.some(({ isOpen }) => isOpen)) {
    for (const [index, side] of sides.entries()) {
      if (!side.isOpen) continue;
      const { done, value } = await side.documents.next();
      if (done) {
        side.isOpen = false;
        continue;
      }
      const raw = bufferOf(value);
      const key = idBytes(raw).toString("latin1");
      const other = (index === 0 ? newer : older).waiting;
      const partner = other.get(key);
      const hash = createHash("sha1").update(raw).digest("base64");
      if (!partner) side.waiting.set(key, { hash, raw: side.waiting.size < keptWhole ? raw : undefined });
      else {
        other.delete(key);
        if (partner.hash !== hash) yield index === 0 ? changed(raw, partner.raw) : changed(partner.raw, raw);
      }
    }
  }
  for (const { raw } of wholeFirst(older.waiting)) yield { kind: "removed", ...(raw ? { before: raw } : {}) };
  for (const { raw } of wholeFirst(newer.waiting)) yield { kind: "added", ...(raw ? { after: raw } : {}) };
}

function changed(before: Buffer | undefined, after: Buffer | undefined): Changed {
  return { kind: "changed", ...(before ? { before } : {}), ...(after ? { after } : {}) };
}

function wholeFirst(waiting: ReadonlyMap<string, Waiting>): readonly Waiting[] {
  return [...waiting.values()].sort((a, b) => Number(b.raw !== undefined) - Number(a.raw !== undefined));
}

/** With `raw`, the driver gives documents as the server sent them. */
function bufferOf(value: unknown): Buffer {
  if (!(value instanceof Uint8Array)) throw new TypeError("a document did not come as BSON");
  return Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
