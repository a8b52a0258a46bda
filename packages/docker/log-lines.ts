import { type Frame, FrameReader } from "./demux.ts";

/** One line of a container's log. */
export interface LogLine {
  readonly stream: "stdout" | "stderr";
  /** When the engine received it: RFC 3339 with nanoseconds. */
  readonly stamp: string;
  readonly text: string;
}

/** A line longer than this is given out in pieces, so that a program which never ends its line does not fill the memory. */
const maxLineBytes = 1024 * 1024;
/** The engine cuts a long line into messages of this size, each with the stamp of the first (moby, daemon/logger/copier.go). */
const messageBytes = 16 * 1024;
const stampBytes = 30;
const newline = 0x0a;
const stampPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z $/;

interface Pending {
  readonly stamp: string;
  readonly parts: Buffer[];
  bytes: number;
}

/** Turns a log with time stamps into lines, without loss at the borders of chunks, messages and UTF-8 characters. */
export class LogLineReader {
  readonly #frames: FrameReader | undefined;
  readonly #pending = new Map<Frame["stream"], Pending>();
  #lastStamp = "1970-01-01T00:00:00.000000000Z";

  /** A container with a terminal has one stream and no frames. */
  constructor(hasTerminal: boolean) {
    this.#frames = hasTerminal ? undefined : new FrameReader();
  }

  /** The lines that are whole with this chunk. */
  push(chunk: Buffer): readonly LogLine[] {
    const lines: LogLine[] = [];
    if (!this.#frames) this.#addRaw(chunk, lines);
    for (const { stream, payload } of this.#frames?.push(chunk) ?? []) {
      const [stamp, message] = this.#takeStamp(payload);
      this.#add(stream, stamp, message, lines);
    }
    return lines;
  }

  /** What is left when the log ends: the last line, where it has no line end. */
  end(): readonly LogLine[] {
    const lines: LogLine[] = [];
    for (const stream of [...this.#pending.keys()]) this.#finish(stream, lines);
    return lines;
  }

  #add(stream: Frame["stream"], stamp: string, message: Buffer, lines: LogLine[]): void {
    let rest = message;
    for (;;) {
      const at = rest.indexOf(newline);
      const part = at < 0 ? rest : rest.subarray(0, at);
      const pending = this.#pending.get(stream) ?? { stamp, parts: [], bytes: 0 };
      this.#pending.set(stream, pending);
      pending.parts.push(part);
      pending.bytes += part.length;
      if (pending.bytes > maxLineBytes) this.#cut(stream, pending, lines);
      if (at < 0) break;
      this.#finish(stream, lines);
      rest = rest.subarray(at + 1);
      if (rest.length === 0) return;
    }
    if (this.#pending.get(stream)?.bytes === 0) this.#pending.delete(stream);
  }

  /** Without frames a stamp stands at the start of each line, and again in the middle of one that the engine cut. */
  #addRaw(chunk: Buffer, lines: LogLine[]): void {
    const before = this.#pending.get("stdout")?.parts ?? [];
    this.#pending.delete("stdout");
    let rest = before.length === 0 ? chunk : Buffer.concat([...before, chunk]);
    for (let at = rest.indexOf(newline); at >= 0; at = rest.indexOf(newline)) {
      this.#addRawLine(rest.subarray(0, at + 1), lines);
      rest = rest.subarray(at + 1);
    }
    if (rest.length > maxLineBytes) this.#addRawLine(rest, lines);
    else if (rest.length > 0) this.#pending.set("stdout", { stamp: "", parts: [rest], bytes: rest.length });
  }

  #addRawLine(line: Buffer, lines: LogLine[]): void {
    const [stamp, content] = this.#takeStamp(line);
    const again = Buffer.from(`${stamp} `);
    const parts: Buffer[] = [];
    let rest = content;
    while (rest.subarray(messageBytes, messageBytes + again.length).equals(again)) {
      parts.push(rest.subarray(0, messageBytes));
      rest = rest.subarray(messageBytes + again.length);
    }
    this.#add("stdout", stamp, Buffer.concat([...parts, rest]), lines);
  }

  #takeStamp(message: Buffer): readonly [stamp: string, rest: Buffer] {
    const start = message.toString("latin1", 0, stampBytes + 1);
    if (!stampPattern.test(start)) return [this.#lastStamp, message];
    this.#lastStamp = start.slice(0, stampBytes);
    return [this.#lastStamp, message.subarray(stampBytes + 1)];
  }

  #finish(stream: Frame["stream"], lines: LogLine[]): void {
    const pending = this.#pending.get(stream);
    this.#pending.delete(stream);
    if (!pending) return;
    const [stamp, bytes] = pending.stamp === "" ? this.#takeStamp(join(pending)) : [pending.stamp, join(pending)];
    const text = bytes.toString();
    lines.push({ stream, stamp, text: text.endsWith("\r") ? text.slice(0, -1) : text });
  }

  /** Gives out what there is of a line that is too long, up to the last whole character. */
  #cut(stream: Frame["stream"], pending: Pending, lines: LogLine[]): void {
    let rest = join(pending);
    while (rest.length > maxLineBytes) {
      const border = characterBorder(rest, maxLineBytes);
      lines.push({ stream, stamp: pending.stamp, text: rest.toString("utf8", 0, border) });
      rest = rest.subarray(border);
    }
    this.#pending.set(stream, { stamp: pending.stamp, parts: [rest], bytes: rest.length });
  }
}

function join({ parts }: Pending): Buffer {
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

/** The last position at or before `at` where a UTF-8 character begins: its first byte is not 10xxxxxx (RFC 3629, section 3). */
function characterBorder(bytes: Buffer, at: number): number {
  let border = at;
  while (border > at - 4 && ((bytes[border] ?? 0) & 0xc0) === 0x80) border--;
  return border;
}
