import { createWriteStream, type WriteStream } from "node:fs";
import { resolve } from "node:path";

/** The files that access logs go to; standard output and error go to the edge's own log. */
export class LogFiles {
  readonly #streams = new Map<string, WriteStream>();
  readonly #standard: (line: string) => void;

  constructor(standard: (line: string) => void) {
    this.#standard = standard;
  }

  write(path: string, prefix: string, line: string): void {
    if (path === "/dev/stdout" || path === "/dev/stderr" || path === "stderr") this.#standard(line);
    else if (path !== "/dev/null" && !path.startsWith("syslog:")) this.#open(resolve(prefix, path)).write(`${line}\n`);
  }

  /** Closes all files; what is written after that opens them anew (as nginx does at USR1). */
  async close(): Promise<void> {
    const streams = [...this.#streams.values()];
    this.#streams.clear();
    await Promise.all(streams.map((stream) => new Promise<void>((done) => stream.end(() => done()))));
  }

  #open(path: string): WriteStream {
    const known = this.#streams.get(path);
    if (known) return known;
    const stream = createWriteStream(path, { flags: "a" });
    // A log that cannot be written must not end the edge: its lines go to the edge's own log.
    stream.on("error", (error) => {
      this.#standard(`access_log ${path} cannot be written: ${error.message}`);
      this.#streams.delete(path);
    });
    this.#streams.set(path, stream);
    return stream;
  }
}
