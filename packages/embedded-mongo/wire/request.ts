import type { Document } from "../values/document.ts";

/** The compression that a message came with, and its reply goes with (OP_COMPRESSED specification, "compressorId"). */
export type Compressor = "noop" | "zlib";

/** A message of a client, read. */
export interface WireRequest {
  readonly requestId: number;
  /** How it came is how the reply goes: OP_MSG, or OP_QUERY with OP_REPLY. */
  readonly form: "msg" | "query";
  /** The command with its document sequences as arrays among its fields, and `$db`. */
  readonly command: Document;
  /** The client awaits no reply: `moreToCome`. */
  readonly isReplyAwaited: boolean;
  /** The client takes more than one reply: `exhaustAllowed`. */
  readonly isExhaustAllowed: boolean;
  readonly hasChecksum: boolean;
  readonly compressor: Compressor | undefined;
}
