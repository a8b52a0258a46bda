import { randomBytes } from "node:crypto";
import { closeSync, openSync, readSync, type Stats } from "node:fs";
import { type Answer, begin } from "../answer.ts";
import { headerOf } from "../client.ts";
import type { Exchange } from "../exchange.ts";
import { fail } from "../fail.ts";
import { type ByteRange, parseRanges } from "./ranges.ts";

/** Answers a request for parts of a file: 206, or 416; false when it asks for none, or for another version (If-Range). */
export function sendRanges(
  exchange: Exchange,
  path: string,
  found: Stats,
  etag: string | undefined,
  answer: Answer,
): boolean {
  const { request, settings } = exchange;
  const header = headerOf(request, "range");
  if (header === undefined || exchange.errorStatus !== 0 || settings.maxRanges === 0) return false;
  if (!isSameVersion(headerOf(request, "if-range"), found, etag)) return false;
  const ranges = parseRanges(header, found.size, settings.maxRanges);
  if (!ranges) return false;
  const [only] = ranges;
  if (!only) fail(exchange, 416, ["Content-Range", `bytes */${found.size}`]);
  else if (ranges.length === 1) {
    const length = only.end - only.start + 1;
    const headers = [...answer.headers, "Content-Range", contentRange(only, found.size)];
    stream(exchange, path, [{ head: undefined, range: only }], undefined, { ...answer, status: 206, headers, length });
  } else sendMany(exchange, path, found, ranges, answer);
  return true;
}

interface Part {
  readonly head: Buffer | undefined;
  readonly range: ByteRange;
}

/** `multipart/byteranges` (RFC 9110, 14.6). */
function sendMany(exchange: Exchange, path: string, found: Stats, ranges: readonly ByteRange[], answer: Answer): void {
  const boundary = randomBytes(10).toString("hex");
  const at = answer.headers.indexOf("Content-Type");
  const type = at < 0 ? "" : `Content-Type: ${answer.headers[at + 1]}\r\n`;
  const parts = ranges.map((range) => {
    const head = `\r\n--${boundary}\r\n${type}Content-Range: ${contentRange(range, found.size)}\r\n\r\n`;
    return { head: Buffer.from(head), range };
  });
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const length = parts.reduce((sum, { head, range }) => sum + head.length + range.end - range.start + 1, tail.length);
  const others = answer.headers.filter((_, index) => at < 0 || (index !== at && index !== at + 1));
  const headers = ["Content-Type", `multipart/byteranges; boundary=${boundary}`, ...others];
  stream(exchange, path, parts, tail, { ...answer, status: 206, headers, length });
}

const chunkSize = 256 * 1024;

function stream(
  exchange: Exchange,
  path: string,
  parts: readonly Part[],
  tail: Buffer | undefined,
  answer: Answer,
): void {
  const sink = begin(exchange, answer);
  const fd = openSync(path, "r");
  const chunks = readParts(fd, parts);
  const goOn = (): void => {
    for (;;) {
      const next = exchange.isClientGone ? undefined : chunks.next();
      if (!next || next.done) break;
      if (sink.write(next.value)) continue;
      sink.whenDrained(goOn);
      return;
    }
    sink.end(tail);
  };
  exchange.response.once("close", () => closeSync(fd));
  goOn();
}

function* readParts(fd: number, parts: readonly Part[]): Generator<Buffer, void> {
  for (const { head, range } of parts) {
    if (head) yield head;
    for (let at = range.start; at <= range.end; at += chunkSize) {
      const chunk = Buffer.alloc(Math.min(chunkSize, range.end - at + 1));
      yield chunk.subarray(0, readSync(fd, chunk, 0, chunk.length, at));
    }
  }
}

function contentRange({ start, end }: ByteRange, size: number): string {
  return `bytes ${start}-${end}/${size}`;
}

/** `If-Range`: the same entity tag, or the same time (RFC 9110, 13.1.5). */
function isSameVersion(header: string | undefined, found: Stats, etag: string | undefined): boolean {
  if (header === undefined) return true;
  if (header.includes('"')) return header === etag;
  return Date.parse(header) / 1000 === Math.floor(found.mtimeMs / 1000);
}
