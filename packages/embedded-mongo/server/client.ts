import type { Socket } from "node:net";
import type { User } from "../auth/user.ts";
import { MongoError } from "../errors/mongo-error.ts";
import type { Document } from "../values/document.ts";
import { FrameReader } from "../wire/frame-reader.ts";
import { readHeader } from "../wire/header.ts";
import { readMessage } from "../wire/read-message.ts";
import type { WireRequest } from "../wire/request.ts";
import { WireError } from "../wire/wire-error.ts";
import { type Reply, writeReply } from "../wire/write-reply.ts";
import type { Connection, Login } from "./connection.ts";
import type { Dispatched } from "./dispatcher.ts";
import { errorReply } from "./error-reply.ts";
import { nextExhausted } from "./exhaust.ts";

/** What a client needs of the server. */
export interface ClientHost {
  dispatch(connection: Connection, request: Document): Promise<Dispatched>;
  /** Called once, when the connection has ended. */
  closed(client: Client): void;
  log(line: string): void;
}

// Behind so many requests that wait, the socket is not read: a client that only sends fills its own memory.
const maxWaiting = 64;

/** A connection: reads its requests, runs them one after the other as MongoDB does, and writes the replies. */
export class Client implements Connection {
  readonly id: number;
  readonly remote: string;
  user: User | undefined;
  metadata: Document | undefined;
  login: Login | undefined;
  readonly #socket: Socket;
  readonly #host: ClientHost;
  readonly #frames = new FrameReader();
  readonly #waiting: Buffer[] = [];
  #isRunning = false;
  #replies = 0;

  constructor(id: number, socket: Socket, host: ClientHost) {
    this.id = id;
    this.#socket = socket;
    this.#host = host;
    this.remote = `${socket.remoteAddress ?? "?"}:${socket.remotePort ?? 0}`;
    // A reply must not wait for the acknowledgement of the one before.
    socket.setNoDelay(true);
    socket.on("data", (chunk) => this.#read(chunk));
    // A client that is gone tells nothing that its end does not tell.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#end());
  }

  /** Ends the connection at once. */
  close(): void {
    this.#socket.destroy();
  }

  #end(): void {
    this.#waiting.length = 0;
    this.#host.closed(this);
  }

  #read(chunk: Buffer): void {
    try {
      this.#waiting.push(...this.#frames.push(chunk));
    } catch (error) {
      this.#refuse(error);
      return;
    }
    if (this.#waiting.length > maxWaiting) this.#socket.pause();
    if (!this.#isRunning) void this.#runAll();
  }

  async #runAll(): Promise<void> {
    this.#isRunning = true;
    try {
      for (let frame = this.#waiting.shift(); frame; frame = this.#waiting.shift()) {
        await this.#run(frame);
        if (this.#waiting.length === 0) this.#socket.resume();
      }
    } catch (error) {
      this.#refuse(error);
    } finally {
      this.#isRunning = false;
    }
  }

  /** Ends this connection and no other. */
  #refuse(error: unknown): void {
    const why =
      error instanceof WireError ? error.message : error instanceof Error ? (error.stack ?? "") : String(error);
    if (!this.#socket.destroyed) this.#host.log(`The connection from ${this.remote} was closed: ${why}.`);
    this.#socket.destroy();
  }

  async #run(frame: Buffer): Promise<void> {
    let request: WireRequest;
    try {
      const read = readMessage(frame);
      request = read instanceof Promise ? await read : read;
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
      const situation = { command: "", isInTransaction: false, isRetryable: false, isOfChangeStream: false };
      const form = { form: "msg", hasChecksum: false, compressor: undefined } as const;
      const responseTo = readHeader(frame).requestId;
      return this.#write({ document: errorReply(error, situation), responseTo, isMoreToCome: false }, form);
    }
    await this.#answer(request);
  }

  async #answer(request: WireRequest): Promise<void> {
    let responseTo = request.requestId;
    for (let command: Document | undefined = request.command; command && !this.#socket.destroyed; ) {
      const done: Dispatched = await this.#host.dispatch(this, command);
      if ("closesConnection" in done) return this.close();
      if (!request.isReplyAwaited) return;
      const next: Document | undefined = request.isExhaustAllowed ? nextExhausted(command, done.reply) : undefined;
      const written = this.#write({ document: done.reply, responseTo, isMoreToCome: next !== undefined }, request);
      responseTo = this.#replies;
      command = next;
      await written;
    }
  }

  /** One write to the socket; waits only when the client does not read. */
  #write(
    reply: Omit<Reply, "requestId">,
    form: Pick<WireRequest, "form" | "hasChecksum" | "compressor">,
  ): Promise<void> | undefined {
    const bytes = writeReply({ ...reply, requestId: ++this.#replies }, form);
    if (this.#socket.destroyed || this.#socket.write(bytes)) return undefined;
    return new Promise((resolve) => {
      const done = () => {
        this.#socket.off("drain", done);
        this.#socket.off("close", done);
        resolve();
      };
      this.#socket.on("drain", done);
      this.#socket.on("close", done);
    });
  }
}
