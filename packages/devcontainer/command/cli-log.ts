import type { EmitContainerEvent } from "./container-event.ts";
import { readLogLine } from "./read-log-line.ts";

const keptLines = 40;

/** Reads the CLI's log as it comes: passes on what happens, and keeps the last lines for an error. */
export class CliLog {
  readonly #emit: EmitContainerEvent;
  #said: string[] = [];
  #rest = "";

  constructor(emit: EmitContainerEvent) {
    this.#emit = emit;
  }

  /** What was written last, oldest first. */
  get said(): readonly string[] {
    return this.#said;
  }

  readonly take = (line: string): void => {
    const read = readLogLine(line);
    if (!read) return;
    if (read.kind === "event") {
      this.#emit(read.event);
      return;
    }
    const lines = read.kind === "output" ? this.#whole(read.text) : read.text.split(/\r?\n/);
    for (const text of lines.filter(isTelling)) {
      this.#said.push(text);
      if (read.kind === "output") this.#emit({ kind: "output", text });
    }
    this.#said = this.#said.slice(-keptLines);
  };

  /** A line of output may come in pieces. */
  #whole(text: string): readonly string[] {
    const lines = `${this.#rest}${text}`.split(/\r?\n/);
    this.#rest = lines.pop() ?? "";
    return lines;
  }
}

// The CLI's own headings say what the steps say; `[]` is the answer of an inspect that found nothing; without a network it cannot ask for its list
// of withdrawn features, and goes on.
const untelling = [
  /^\s*$/,
  /^\[\]$/,
  /^Container started$/,
  /^Running .* from .*\.\.\.$/,
  /^Failed to fetch control manifest/,
  /^Command failed: /,
];

function isTelling(text: string): boolean {
  return !untelling.some((pattern) => pattern.test(text.trim()));
}
