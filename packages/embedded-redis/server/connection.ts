import { readSync } from "node:fs";
import type { Socket } from "node:net";
import { encodeReply } from "../resp/encode.ts";
import { errorReply, type Reply } from "../resp/reply.ts";
import { ProtocolError, RequestParser } from "../resp/request-parser.ts";
import { Client } from "./client.ts";
import { CommandContext } from "./command-context.ts";
import { descriptorOf } from "./descriptor.ts";
import { findObstacle } from "./find-obstacle.ts";
import { performRequest } from "./perform-request.ts";
import type { RedisServer } from "./redis-server.ts";

/** What a connection needs of the server around it. */
export interface ConnectionHost {
  readonly server: RedisServer;
  /** After each command; see `settle`. */
  settle(): void;
  /** The position in the append-only log behind all that happened. */
  position(): number;
  /** Resolves once all before that position is durable; undefined when it is already. Rejected: it must not be acknowledged. */
  durable(position: number): Promise<void> | undefined;
  log(line: string): void;
}

const polledBytes = 64 * 1024;
// A client that does not read its replies gets no new ones made; one that does not read its messages is closed (redis.conf: pubsub 32mb).
const pauseAtBytes = 16 * 1024 ** 2;
const closeAtBytes = 32 * 1024 ** 2;

/** Serves one socket: requests in, replies out, in their order. */
export class Connection {
  readonly client: Client;
  readonly #socket: Socket;
  readonly #host: ConnectionHost;
  readonly #context: CommandContext;
  readonly #parser = new RequestParser();
  #output = "";
  /** How many replies are in the output. */
  #replies = 0;
  /** What waits to be durable before it is sent. */
  #queue: Promise<void> | undefined;
  #isFlushPlanned = false;
  #isWaiting = false;
  #isPaused = false;
  /** Behind the effects of what is in the output; 0 when none had any. */
  #position = 0;
  #isPerforming = false;

  constructor(socket: Socket, id: number, host: ConnectionHost) {
    this.#socket = socket;
    this.#host = host;
    this.client = new Client({
      id,
      address: `${socket.remoteAddress ?? "?"}:${socket.remotePort ?? 0}`,
      localAddress: `${socket.localAddress ?? "?"}:${socket.localPort ?? 0}`,
      createdAt: Date.now(),
      push: (reply) => this.#push(reply),
      close: () => this.#close(),
    });
    this.#context = new CommandContext(host.server, this.client);
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
    socket.on("drain", () => this.#resume());
  }

  #receive(chunk: Buffer): void {
    const { server } = this.#host;
    server.statistics.inputBytes += chunk.length;
    this.#parser.feed(chunk);
    if (this.#parser.pendingBytes > server.configuration.number("client-query-buffer-limit")) {
      this.#host.log(`closing ${this.client.address}: its requests wait beyond client-query-buffer-limit`);
      this.#socket.destroy();
    } else this.#process();
  }

  #process(): void {
    const { client } = this;
    const { server } = this.#host;
    try {
      while (!this.#isWaiting && !this.#isPaused && !client.isClosing) {
        const isAuthenticated = client.isAuthenticated || server.accessControl.default.isNoPassword;
        const bulkLength = server.bulkLengthLimit;
        const args = this.#parser.next({ bulkLength, isAuthenticated });
        if (args === undefined) break;
        if (args.length > 0) this.#begin(args);
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#host.log(`closing ${client.address}: protocol error: ${error.message}`);
      this.#write(errorReply(`ERR Protocol error: ${error.message}`));
      this.#close();
    }
  }

  #begin(args: readonly string[]): void {
    const obstacle = findObstacle(this.#host.server, this.client, args);
    if (obstacle === undefined) {
      this.#perform(args);
      return;
    }
    this.#isWaiting = true;
    const proceed = (act: () => void) => {
      this.#isWaiting = false;
      if (!this.client.isClosing) act();
      this.#process();
    };
    obstacle.then(
      () => proceed(() => this.#begin(args)),
      (error: unknown) => {
        this.#host.log(`the Lua engine cannot start: ${String(error)}`);
        proceed(() => this.#answer(errorReply(`ERR the Lua engine cannot start: ${String(error)}`)));
      },
    );
  }

  /** Serves what waits in the socket, without the event loop: a slow script keeps it. Not possible where sockets have no descriptor. */
  poll(): void {
    const descriptor = descriptorOf(this.#socket);
    if (this.#isPerforming || descriptor === undefined) return;
    const chunk = Buffer.allocUnsafe(polledBytes);
    let count = 0;
    try {
      count = readSync(descriptor, chunk);
    } catch {
      // Nothing there, or a broken connection, which the event loop will see.
    }
    if (count > 0) this.#receive(chunk.subarray(0, count));
    this.#flush();
  }

  #perform(args: readonly string[]): void {
    const before = this.#host.position();
    this.#isPerforming = true;
    const reply = performRequest(this.#context, args);
    this.#isPerforming = false;
    if (reply instanceof Promise) {
      this.#isWaiting = true;
      reply.then((later) => {
        this.#isWaiting = false;
        this.#position = this.#host.position();
        this.#answer(later);
        // What the waiting client asks next runs after the command that served it.
        setImmediate(() => this.#process());
      });
    } else this.#answer(reply);
    this.#host.settle();
    const after = this.#host.position();
    if (after !== before) this.#position = after;
  }

  #answer(reply: Reply): void {
    const { client } = this;
    if (client.replyMode === "on") {
      this.#replies++;
      this.#write(reply);
    }
    if (client.replyMode === "skip") client.replyMode = "on";
    else if (client.replyMode === "skip-next") client.replyMode = "skip";
  }

  #push(reply: Reply): void {
    this.#write(reply);
    if (this.#output.length + this.#socket.writableLength <= closeAtBytes) return;
    this.#host.log(`closing ${this.client.address}: it does not read its messages`);
    this.#socket.destroy();
  }

  #write(reply: Reply): void {
    this.#output += encodeReply(reply, this.client.protocol);
    if (this.#output.length + this.#socket.writableLength > pauseAtBytes) this.#isPaused = true;
    if (this.#isFlushPlanned) return;
    this.#isFlushPlanned = true;
    // After all requests of this read: one write for all their replies.
    queueMicrotask(() => this.#flush());
  }

  /** Hands what was written to the socket, once it is durable, and behind what waits for that already. */
  #flush(): void {
    const { protocol } = this.client;
    const output = this.#output;
    const replies = this.#replies;
    this.#output = "";
    this.#replies = 0;
    this.#isFlushPlanned = false;
    const durable = this.#host.durable(this.#position);
    this.#position = 0;
    if (durable === undefined && this.#queue === undefined) {
      this.#send(output);
      return;
    }
    // What could not be written must not be acknowledged: each reply is an error then.
    const refused = () =>
      encodeReply(errorReply(this.#host.server.keeper.refusal ?? "MISCONF not written"), protocol).repeat(replies);
    const text = (durable ?? Promise.resolve()).then(() => output, refused);
    const queue = Promise.all([text, this.#queue]).then(([ready]) => {
      if (this.#queue === queue) this.#queue = undefined;
      this.#send(ready);
    });
    this.#queue = queue;
  }

  #send(output: string): void {
    if (this.#socket.destroyed) return;
    if (output.length === 0) {
      if (this.client.isClosing) this.#endWhenEmpty();
      return;
    }
    this.#host.server.statistics.outputBytes += output.length;
    const isFlowing = this.#socket.write(output, "latin1");
    if (this.client.isClosing) this.#endWhenEmpty();
    else if (isFlowing) this.#resume();
  }

  #resume(): void {
    if (!this.#isPaused || this.#socket.writableLength > pauseAtBytes) return;
    this.#isPaused = false;
    setImmediate(() => this.#process());
  }

  #close(): void {
    this.client.isClosing = true;
    this.#endWhenEmpty();
  }

  #endWhenEmpty(): void {
    if (!this.#isFlushPlanned && this.#queue === undefined) this.#socket.end();
  }
}
