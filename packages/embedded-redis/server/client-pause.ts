import type { CommandShape } from "../commands/command-shape.ts";

/** CLIENT PAUSE: what it concerns waits until its end. */
export class ClientPause {
  #isOfAll = false;
  #over: Promise<void> | undefined;
  #end: () => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Resolves at the end of the pause; undefined when there is none. */
  get over(): Promise<void> | undefined {
    return this.#over;
  }

  /** Begins a pause, or gives the one that lasts another end. One of all commands does not become one of writes (networking.c, pauseClientsByClient). */
  begin(durationMs: number, isOfAll: boolean): void {
    clearTimeout(this.#timer);
    this.#isOfAll = isOfAll || (this.#over !== undefined && this.#isOfAll);
    this.#over ??= new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#timer = setTimeout(() => this.end(), Math.min(durationMs, 0x7fff_ffff));
    this.#timer.unref();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#over = undefined;
    this.#end();
  }

  /** True when this command has to wait, had it been asked for with these commands queued before it. */
  concerns({ name, flags }: CommandShape<never>, queued: Iterable<CommandShape<never>>): boolean {
    if (this.#over === undefined) return false;
    if (this.#isOfAll || flags.includes("write") || flags.includes("may_replicate")) return true;
    return name === "exec" && [...queued].some((each) => this.concerns(each, []));
  }
}
