import type { ContainerEvent } from "@drydock/session";
import { formatDuration } from "./duration.ts";
import type { Paint } from "./paint.ts";

/** What happens while a dev container comes up, as lines: each step when it begins and when it ends, and what it writes, indented. */
export class ContainerLines {
  readonly #write: (text: string) => void;
  readonly #paint: Paint;
  readonly #startedAt = new Map<string, number>();

  constructor(write: (text: string) => void, paint: Paint) {
    this.#write = write;
    this.#paint = paint;
  }

  readonly take = (event: ContainerEvent): void => {
    if (event.kind === "output") {
      this.#write(`    ${this.#paint("dim", event.text)}\n`);
      return;
    }
    const { name, phase, detail = "" } = event;
    if (phase === "started") {
      this.#startedAt.set(name, performance.now());
      this.#write(`  ${name}  ${detail}\n`);
      return;
    }
    const tookMs = performance.now() - (this.#startedAt.get(name) ?? performance.now());
    const words = phase === "done" ? this.#paint("green", "done") : this.#paint("red", "failed");
    this.#write(`  ${name}  ${words} ${formatDuration(tookMs)}\n`);
  };
}
