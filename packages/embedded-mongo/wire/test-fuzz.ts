import { MongoError } from "../errors/mongo-error.ts";
import { Document } from "../values/document.ts";
import { encodeDocument } from "../values/encode.ts";
import { readMessage } from "./read-message.ts";
import { compressed, opMsg, opQuery } from "./test-messages.ts";
import { WireError } from "./wire-error.ts";

/** Numbers that look random and are the same each time (Marsaglia's xorshift of 32 bits). */
export function numbers(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const nested = { a: [1, { b: "x", when: new Date(5) }], pattern: /x/i, nothing: null, big: 2n ** 40n };
const seeds: readonly Buffer[] = [
  opMsg({ body: { find: "c", filter: nested, $db: "d" } }),
  opMsg({ body: { insert: "c", $db: "d" }, sequences: { documents: [nested, { _id: 1 }] }, hasChecksum: true }),
  opMsg({ body: { insert: "c", $db: "d" }, sequences: { documents: [nested, { _id: 1 }] } }),
  opQuery("admin", { isMaster: 1, client: nested }),
  compressed(opMsg({ body: { ping: 1, nested, $db: "admin" } })),
];

/** A message with a few bytes changed, cut off or put in; its length is right again, so that it is read. */
export function malformed(next: (below: number) => number): Buffer {
  const seed = seeds[next(seeds.length)] ?? Buffer.alloc(0);
  let bytes = Buffer.from(seed);
  for (let changes = 1 + next(4); changes > 0; changes--) {
    const at = 12 + next(Math.max(1, bytes.length - 12));
    const kind = next(4);
    if (kind === 0) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + next(6))]);
    else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([next(256)]), bytes.subarray(at)]);
    else if (kind === 2) bytes[Math.min(at, bytes.length - 1)] = [0, 1, 0x7f, 0x80, 0xff][next(5)] ?? 0;
    else bytes[Math.min(at, bytes.length - 1)] = next(256);
  }
  if (bytes.length < 16) bytes = Buffer.concat([bytes, Buffer.alloc(16)]);
  bytes.writeInt32LE(bytes.length, 0);
  return bytes;
}

/** Reads so many malformed messages. @throws when one leads to anything but a refusal or a document that can be read to its end */
export async function fuzzMessages(
  count: number,
  seed: number,
): Promise<{ readonly refused: number; readonly read: number }> {
  const next = numbers(seed);
  let refused = 0;
  for (let turn = 0; turn < count; turn++) {
    const frame = malformed(next);
    try {
      const { command } = await readMessage(frame);
      encodeDocument(Document.of(command.fields()));
    } catch (error) {
      if (!(error instanceof WireError) && !(error instanceof MongoError))
        throw new Error(`message ${turn} of seed ${seed}: ${frame.toString("hex")}`, { cause: error });
      refused++;
    }
  }
  return { refused, read: count - refused };
}
