/** Bytes that are no documents. */
export class BrokenBson extends Error {}

// 16 MiB and 16 KiB: what a server lets a stored document grow to (MongoDB's BSONObjMaxInternalSize).
const longestDocument = 16 * 1024 * 1024 + 16 * 1024;
const shortestDocument = 5;

/** The length of the document that begins here; @throws BrokenBson where none can */
export function documentLength(bytes: Buffer, at: number): number {
  const length = bytes.readInt32LE(at);
  if (length < shortestDocument || length > longestDocument)
    throw new BrokenBson(`a document cannot have ${length} bytes`);
  return length;
}

/**
 * Cuts a stream of bytes into the documents that it is made of, several at a time. Holds little more than one chunk and one document.
 * @throws BrokenBson where it ends within a document or has something else
 */
export async function* splitBson(chunks: AsyncIterable<unknown>): AsyncGenerator<readonly Buffer[]> {
  let rest: Buffer[] = [];
  let held = 0;
  let needed = 4;
  for await (const chunk of chunks) {
    rest.push(bytesOf(chunk));
    held += bytesOf(chunk).length;
    if (held < needed) continue;
    const bytes = rest.length === 1 ? (rest[0] ?? Buffer.alloc(0)) : Buffer.concat(rest);
    const documents: Buffer[] = [];
    let at = 0;
    needed = 4;
    while (bytes.length - at >= 4) {
      const length = documentLength(bytes, at);
      needed = length;
      if (bytes.length - at < length) break;
      if (bytes[at + length - 1] !== 0) throw new BrokenBson("a document does not end where it says");
      documents.push(bytes.subarray(at, at + length));
      at += length;
      needed = 4;
    }
    rest = at === bytes.length ? [] : [bytes.subarray(at)];
    held = bytes.length - at;
    if (documents.length > 0) yield documents;
  }
  if (held > 0) throw new BrokenBson("it ends within a document");
}

/** @throws TypeError for a stream of something else */
export function bytesOf(chunk: unknown): Buffer {
  if (!(chunk instanceof Uint8Array)) throw new TypeError("a stream did not give bytes");
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
