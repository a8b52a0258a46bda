import type { Clock } from "@drydock/core";

/** How many lines getLog gives (manual, getLog). */
const keptLines = 1024;

/** The server's log: told to whoever started it, and kept for getLog. */
export class ServerLog {
  readonly #clock: Clock;
  readonly #tell: (line: string) => void;
  readonly #lines: string[] = [];

  constructor(clock: Clock, tell: (line: string) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** One sentence, one line. */
  write(line: string): void {
    this.#lines.push(`${new Date(this.#clock.now()).toISOString()} ${line}`);
    if (this.#lines.length > keptLines) this.#lines.shift();
    this.#tell(line);
  }

  lines(): readonly string[] {
    return [...this.#lines];
  }
}
