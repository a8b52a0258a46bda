/** Every message begins with four 32-bit integers (MongoDB wire protocol, "Standard Message Header"). */
export const headerBytes = 16;

/** The kinds of messages that a client sends or gets (MongoDB wire protocol, "Opcodes"). */
export const opcode = { reply: 1, query: 2004, compressed: 2012, msg: 2013 } as const;

/** A header, read. */
export interface Header {
  readonly length: number;
  readonly requestId: number;
  readonly responseTo: number;
  readonly opcode: number;
}

/** Reads the header of a whole message. */
export const readHeader = (frame: Buffer): Header => ({
  length: frame.readInt32LE(0),
  requestId: frame.readInt32LE(4),
  responseTo: frame.readInt32LE(8),
  opcode: frame.readInt32LE(12),
});

/** Writes a header at the start of `target`. */
export function writeHeader(target: Buffer, header: Header): void {
  target.writeInt32LE(header.length, 0);
  target.writeInt32LE(header.requestId, 4);
  target.writeInt32LE(header.responseTo, 8);
  target.writeInt32LE(header.opcode, 12);
}
