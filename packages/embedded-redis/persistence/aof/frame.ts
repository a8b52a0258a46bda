import { type ByteReader, MalformedBytes } from "../byte-reader.ts";

const star = 0x2a;
const dollar = 0x24;
const hash = 0x23;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const longestLine = 64;

/** A command as the append-only file holds it: a RESP array of bulk strings. */
export function encodeFrame(args: readonly string[]): string {
  let frame = `*${args.length}\r\n`;
  for (const arg of args) frame += `$${arg.length}\r\n${arg}\r\n`;
  return frame;
}

/** Reads one command; undefined at the end. Lines that begin with "#" are Redis's annotations (time stamps). @throws MalformedBytes */
export function readFrame(reader: ByteReader): readonly string[] | undefined {
  while (reader.peek() === hash) readLine(reader);
  if (reader.peek() === undefined) return undefined;
  const count = readNumber(reader, star);
  if (count < 1) throw new MalformedBytes("a command without words", reader.offset);
  const args: string[] = [];
  for (let left = count; left > 0; left--) {
    args.push(reader.bytes(readNumber(reader, dollar)));
    if (reader.byte() !== carriageReturn || reader.byte() !== lineFeed) {
      throw new MalformedBytes("a word is not as long as it says", reader.offset);
    }
  }
  return args;
}

function readNumber(reader: ByteReader, mark: number): number {
  if (reader.byte() !== mark) throw new MalformedBytes("not a command", reader.offset - 1);
  let value = 0;
  for (let digits = 0; digits < 10; digits++) {
    const code = reader.byte();
    if (code === carriageReturn && digits > 0) {
      if (reader.byte() !== lineFeed) break;
      return value;
    }
    if (code < 0x30 || code > 0x39) break;
    value = value * 10 + code - 0x30;
  }
  throw new MalformedBytes("not a length", reader.offset - 1);
}

function readLine(reader: ByteReader): void {
  for (let length = 0; length < longestLine; length++) if (reader.byte() === lineFeed) return;
  throw new MalformedBytes("an annotation without end", reader.offset);
}
