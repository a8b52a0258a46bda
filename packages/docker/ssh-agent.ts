import { type ChildProcess, spawn } from "node:child_process";
import http from "node:http";
import { Duplex } from "node:stream";

/**
 * Reaches an engine as the docker CLI does: `ssh HOST docker system dial-stdio` for each connection, so that the user's
 * own ssh configuration, agent and known hosts hold. Connections are kept open, because each costs a login.
 */
export class SshAgent extends http.Agent {
  readonly #words: readonly string[];

  constructor(url: string) {
    super({ keepAlive: true });
    this.#words = sshCommand(url);
  }

  override createConnection(): Duplex {
    const [program = "ssh", ...words] = this.#words;
    return new ChildConnection(spawn(program, words, { stdio: ["pipe", "pipe", "pipe"] }));
  }
}

/** The command line that connects to an `ssh://` address. Never asks a question: BatchMode. */
export function sshCommand(url: string): readonly string[] {
  const { username, hostname, port, pathname } = new URL(url);
  const socket = pathname.length > 1 ? ["--host", `unix://${pathname}`] : [];
  return [
    "ssh",
    "-o",
    "BatchMode=yes",
    "-o",
    "ConnectTimeout=5",
    ...(username ? ["-l", decodeURIComponent(username)] : []),
    ...(port ? ["-p", port] : []),
    "-T",
    "--",
    hostname,
    "docker",
    ...socket,
    "system",
    "dial-stdio",
  ];
}

/** A child's stdin and stdout as the socket that node:http wants. */
class ChildConnection extends Duplex {
  readonly #child: ChildProcess;
  #complaint = "";

  constructor(child: ChildProcess) {
    super();
    this.#child = child;
    child.stdout?.on("data", (chunk: Buffer) => {
      if (!this.push(chunk)) child.stdout?.pause();
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      this.#complaint = (this.#complaint + chunk.toString()).slice(-500);
    });
    // A broken pipe is the consequence of an end, and the end says why: wait for that.
    child.stdin?.on("error", () => undefined);
    child.on("error", (error) => this.destroy(error));
    child.on("close", (code) => {
      if (code === 0) this.push(null);
      else this.destroy(new Error(this.#complaint.trim() || `ssh ended with exit ${code}`));
    });
  }

  override _read(): void {
    this.#child.stdout?.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#child.stdin?.write(chunk, () => done());
  }

  override _final(done: () => void): void {
    this.#child.stdin?.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#child.kill();
    done(error);
  }

  // node:http calls these on every socket; a pipe has none of the three.
  setTimeout(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    this.#child.ref();
    return this;
  }
  unref(): this {
    this.#child.unref();
    return this;
  }
}
