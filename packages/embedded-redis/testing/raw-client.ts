import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type Received, ReplyParser } from "./reply-parser.ts";

/** A RESP client without conveniences: latin1 strings in, the exact reply out. */
export class RawClient {
  readonly #socket: Socket;
  readonly #parser = new ReplyParser();
  readonly #waiting: ((reply: Received) => void)[] = [];
  /** What came without having been asked for. */
  readonly pushed: Received[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk: Buffer) => {
      for (const reply of this.#parser.feed(chunk)) {
        const isPush = typeof reply === "object" && reply !== null && Object.hasOwn(reply, "push");
        const waiting = isPush ? undefined : this.#waiting.shift();
        if (waiting === undefined) this.pushed.push(reply);
        else waiting(reply);
      }
    });
    socket.on("error", () => undefined);
  }

  /** Connects to a server on this machine. */
  static async connect(port: number): Promise<RawClient> {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    await once(socket, "connect");
    return new RawClient(socket);
  }

  /** Resolves once the other side closed the connection. */
  get closed(): Promise<unknown> {
    return this.#socket.closed ? Promise.resolve() : once(this.#socket, "close");
  }

  /** Sends one command and returns its reply. */
  call(...args: readonly (string | number)[]): Promise<Received> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.send(encodeRequest(args.map(String)));
    });
  }

  /** Sends several at once and returns their replies. */
  pipeline(commands: readonly (readonly string[])[]): Promise<readonly Received[]> {
    const replies = commands.map(() => new Promise<Received>((resolve) => this.#waiting.push(resolve)));
    this.send(commands.map(encodeRequest).join(""));
    return Promise.all(replies);
  }

  /** Sends bytes as they are. */
  send(bytes: string): void {
    this.#socket.write(bytes, "latin1");
  }

  close(): void {
    this.#socket.destroy();
  }
}

const encodeRequest = (args: readonly string[]): string =>
  `*${args.length}\r\n${args.map((arg) => `$${arg.length}\r\n${arg}\r\n`).join("")}`;
