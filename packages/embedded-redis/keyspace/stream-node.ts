import { listpackSize } from "./listpack-size.ts";
import { type StreamId, streamIdMs, streamIdSequence } from "./stream-id.ts";

/** The limits of a node: `stream-node-max-entries`, `stream-node-max-bytes`; 0 for none. */
export const streamLimits = { nodeEntries: 100, nodeBytes: 4096 };

// The header, the end mark, and of the first elements the two counts and the closing zero (t_stream.c, streamAppendItem).
const emptyBytes = 6 + 1 + 3 * 2;

/** A run of entries that Redis keeps in one listpack. It matters to who trims approximately: whole nodes go. */
export class StreamNode {
  readonly #firstId: StreamId;
  /** Of the first entry; entries with the same fields are stored without their names. */
  readonly #fields: readonly string[];
  #bytes = emptyBytes;
  #added = 0;
  /** How many of its entries are still there. */
  entries = 0;
  /** The last one that was added. */
  lastId: StreamId;

  constructor(firstId: StreamId, fields: readonly string[]) {
    this.#firstId = firstId;
    this.lastId = firstId;
    this.#fields = fields;
    this.#bytes += listpackSize(String(fields.length / 2));
    for (let at = 0; at < fields.length; at += 2) this.#bytes += listpackSize(fields[at] ?? "");
  }

  /** True when an entry with these fields has its place in this node. */
  hasRoomFor(fields: readonly string[]): boolean {
    const { nodeEntries, nodeBytes } = streamLimits;
    if (nodeEntries > 0 && this.#added >= nodeEntries) return false;
    return nodeBytes === 0 || this.#bytes + fields.reduce((sum, { length }) => sum + length, 0) < nodeBytes;
  }

  /** Takes an entry up. */
  add(id: StreamId, fields: readonly string[]): void {
    const ms = streamIdMs(id) - streamIdMs(this.#firstId);
    const sequence = streamIdSequence(id) - streamIdSequence(this.#firstId);
    const isSame = this.#hasSameNames(fields);
    const stored = isSame ? fields.filter((_, at) => at % 2 === 1) : [String(fields.length / 2), ...fields];
    // Flags and the number of elements are there, too.
    for (const element of ["0", String(ms), String(sequence), ...stored, String(stored.length + 3)]) {
      this.#bytes += listpackSize(element);
    }
    this.#added++;
    this.entries++;
    this.lastId = id;
  }

  #hasSameNames(fields: readonly string[]): boolean {
    if (fields.length !== this.#fields.length) return false;
    for (let at = 0; at < fields.length; at += 2) if (fields[at] !== this.#fields[at]) return false;
    return true;
  }
}
