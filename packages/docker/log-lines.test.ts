import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LogLine, LogLineReader } from "./log-lines.ts";

const stampOf = (n: number) => `2026-11-25T10:00:00.${String(n).padStart(9, "0")}Z`;

interface Written {
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

const pieceBytes = 16 * 1024;

/** What the engine makes of a line: messages of at most 16 KiB that all carry the stamp of the first; only the last has the line end. */
function messagesOf(text: string, stamp: string): readonly Buffer[] {
  const bytes = Buffer.from(`${text}\n`);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(bytes.subarray(at, at + pieceBytes));
  return pieces.map((piece) => Buffer.concat([Buffer.from(`${stamp} `), piece]));
}

function framed(stream: Written["stream"], payload: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream === "stderr" ? 2 : 1;
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

function readInChunks(bytes: Buffer, sizes: readonly number[], hasTerminal: boolean): readonly LogLine[] {
  const reader = new LogLineReader(hasTerminal);
  const lines: LogLine[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    lines.push(...reader.push(bytes.subarray(at, at + size)));
    at += size;
  }
  return [...lines, ...reader.end()];
}

const text = fc.oneof(
  { weight: 8, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }).map((each) => each.replace(/[\r\n]/g, "")) },
  { weight: 1, arbitrary: fc.nat(3).map((n) => "né漢🙂".repeat(2_000 + n * 1_000)) },
);
const written = fc.array(fc.record({ stream: fc.constantFrom("stdout" as const, "stderr" as const), text }), {
  maxLength: 20,
});
const chunkSizes = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 8 });

describe("LogLineReader", () => {
  it("gives back every line, whole and in order, wherever the chunks of a framed stream end", () => {
    fc.assert(
      fc.property(written, chunkSizes, (lines, sizes) => {
        const bytes = Buffer.concat(
          lines.flatMap(({ stream, text }, n) => messagesOf(text, stampOf(n)).map((each) => framed(stream, each))),
        );
        const expected = lines.map((line, n) => ({ ...line, stamp: stampOf(n) }));
        expect(readInChunks(bytes, sizes, false)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it("does the same for a terminal, where nothing marks where a message begins", () => {
    fc.assert(
      fc.property(written, chunkSizes, (lines, sizes) => {
        const bytes = Buffer.concat(lines.flatMap(({ text }, n) => messagesOf(text, stampOf(n))));
        const expected = lines.map(({ text }, n) => ({ stream: "stdout", text, stamp: stampOf(n) }));
        expect(readInChunks(bytes, sizes, true)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps the two streams apart when their long lines are written at the same time", () => {
    const [out, err] = ["o".repeat(pieceBytes * 2), "e".repeat(pieceBytes + 5)];
    const [outs, errs] = [messagesOf(out, stampOf(1)), messagesOf(err, stampOf(2))];
    const bytes = [outs[0], errs[0], outs[1], errs[1], outs[2]].map((each, n) =>
      framed(n % 2 === 0 ? "stdout" : "stderr", each ?? Buffer.alloc(0)),
    );
    expect(readInChunks(Buffer.concat(bytes), [10_000], false)).toEqual([
      { stream: "stderr", text: err, stamp: stampOf(2) },
      { stream: "stdout", text: out, stamp: stampOf(1) },
    ]);
  });

  it("takes the line end of a terminal off and keeps empty lines", () => {
    const bytes = Buffer.from(`${stampOf(1)} hello\r\n${stampOf(2)} \r\n`);
    expect(readInChunks(bytes, [7], true).map(({ text }) => text)).toEqual(["hello", ""]);
  });

  it("gives out the last line though it has no line end", () => {
    const bytes = framed("stdout", Buffer.from(`${stampOf(1)} unfinished`));
    expect(readInChunks(bytes, [9], false)).toEqual([{ stream: "stdout", stamp: stampOf(1), text: "unfinished" }]);
  });

  it("cuts a line of more than 1 MiB between characters and loses none of it", () => {
    const long = "漢".repeat(500_000);
    const bytes = Buffer.concat(messagesOf(long, stampOf(1)).map((each) => framed("stdout", each)));
    const lines = readInChunks(bytes, [65_536], false);
    expect(lines).toHaveLength(2);
    expect(lines.map((each) => each.text).join("")).toBe(long);
    expect(lines.every((each) => Buffer.byteLength(each.text) <= 1024 * 1024)).toBe(true);
  });
});
