import type { DevEvent } from "@drydock/core";

const lineEveryMs = 5_000;
const barCells = 24;

/** Progress of long work: on a terminal a bar that moves, elsewhere a line for each task at most every five seconds. */
export class ProgressLines {
  readonly #stream: NodeJS.WriteStream;
  readonly #moves: boolean;
  readonly #toldAt = new Map<string, number>();
  #task: string | undefined;

  constructor(stream: NodeJS.WriteStream, moves: boolean) {
    this.#stream = stream;
    this.#moves = moves;
  }

  readonly take = (event: DevEvent): void => {
    if (event.kind !== "progress") return;
    if (this.#moves) this.#draw(event);
    else this.#tell(event);
  };

  /** The bar makes room for what is printed next. */
  end(): void {
    if (this.#task !== undefined) this.#stream.write("\r\x1b[K");
    this.#task = undefined;
  }

  #draw({ task, message, done = 0, total = 0 }: DevEvent & { kind: "progress" }): void {
    this.#task = task;
    const share = total === 0 ? 0 : Math.min(1, done / total);
    const full = Math.round(share * barCells);
    const bar = `${"█".repeat(full)}${"░".repeat(barCells - full)}`;
    const percent = `${Math.floor(share * 100)} %`.padStart(5);
    const line = `${task}  ${bar} ${percent}  ${message}`;
    this.#stream.write(`\r\x1b[K${line.slice(0, (this.#stream.columns ?? 80) - 1)}`);
  }

  #tell({ task, message, at }: DevEvent & { kind: "progress" }): void {
    const last = this.#toldAt.get(task) ?? at;
    if (!this.#toldAt.has(task)) this.#toldAt.set(task, at);
    if (at - last < lineEveryMs) return;
    this.#toldAt.set(task, at);
    this.#stream.write(`${task}: ${message}\n`);
  }
}
