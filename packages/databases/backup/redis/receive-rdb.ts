import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectSecurely } from "node:tls";

/** The server gives no copy of its data this way; the message is its own. */
export class NotGiven extends Error {}

/**
 * A server's data at one point in time, as an RDB file, over a connection: what a replica gets first (Redis, "Redis replication protocol"; `redis-cli --rdb`
 * does the same). `mayWriteFile`: the server keeps an RDB file anyway, and begins at once by writing it; else it sends its data without one, after its
 * `repl-diskless-sync-delay` of 5 seconds: a cache that keeps nothing would find the file at its next start.
 * @throws NotGiven where the server does not allow or know it, the socket's error, Error when it ends too early
 */
export async function* receiveRdb(uri: string, mayWriteFile: boolean, signal: AbortSignal): AsyncGenerator<Buffer> {
  const url = new URL(uri);
  const socket = await open(url, signal);
  try {
    const chunks = socket[Symbol.asyncIterator]();
    const reader = new ReplyReader(async () => {
      const { done, value } = await chunks.next();
      return done ? undefined : (value as Buffer);
    });
    const ask = async (...words: readonly string[]): Promise<string> => {
      socket.write(`*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`);
      return reader.line();
    };
    if (url.password !== "") {
      const user = url.username === "" ? [] : [decodeURIComponent(url.username)];
      const answer = await ask("AUTH", ...user, decodeURIComponent(url.password));
      if (answer.startsWith("-")) throw new Error(answer.slice(1));
    }
    // Since Redis 7.0: it is no replica, and needs nothing after the file. Older ones refuse the word, and are left.
    await ask("REPLCONF", "rdb-only", "1");
    if (!mayWriteFile) await ask("REPLCONF", "capa", "eof");
    const head = await ask("SYNC");
    if (!head.startsWith("$")) throw new NotGiven(head.slice(1));
    if (head.startsWith("$EOF:")) yield* reader.until(Buffer.from(head.slice(5), "latin1"));
    else yield* reader.exactly(Number(head.slice(1)));
  } finally {
    socket.destroy();
  }
}

function open(url: URL, signal: AbortSignal): Promise<Socket> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = Number(url.port || 6379);
  return new Promise((resolve, reject) => {
    const socket = url.protocol === "rediss:" ? connectSecurely({ host, port }) : connectPlain({ host, port });
    const onAbort = () => socket.destroy(signal.reason instanceof Error ? signal.reason : new Error("withdrawn"));
    signal.addEventListener("abort", onAbort, { once: true });
    socket.once("close", () => signal.removeEventListener("abort", onAbort));
    socket.once("error", reject);
    socket.once(url.protocol === "rediss:" ? "secureConnect" : "connect", () => resolve(socket));
    if (signal.aborted) onAbort();
  });
}

/** Reads lines, then a length of bytes. */
class ReplyReader {
  readonly #next: () => Promise<Buffer | undefined>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(next: () => Promise<Buffer | undefined>) {
    this.#next = next;
  }

  /** Empty lines are a server's signs of life while it writes the file. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#rest.indexOf("\n");
      if (end < 0) await this.#more();
      else {
        const line = this.#rest.toString("latin1", 0, end).replace(/\r$/, "");
        this.#rest = this.#rest.subarray(end + 1);
        if (line !== "") return line;
      }
    }
  }

  async *exactly(bytes: number): AsyncGenerator<Buffer> {
    for (let left = bytes; left > 0; ) {
      if (this.#rest.length === 0) await this.#more();
      const chunk = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(chunk.length);
      left -= chunk.length;
      if (chunk.length > 0) yield chunk;
    }
  }

  /** All before a mark, which a diskless server sends last. */
  async *until(mark: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const at = this.#rest.indexOf(mark);
      const chunk = this.#rest.subarray(0, at >= 0 ? at : Math.max(0, this.#rest.length - mark.length));
      if (chunk.length > 0) yield chunk;
      if (at >= 0) return;
      this.#rest = this.#rest.subarray(chunk.length);
      await this.#more();
    }
  }

  async #more(): Promise<void> {
    const chunk = await this.#next();
    if (!chunk) throw new Error("the server ended the connection before the whole of its data had come");
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
  }
}
