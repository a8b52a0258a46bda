const synchronizedBegin = "\x1b[?2026h";
const synchronizedEnd = "\x1b[?2026l";

/**
 * Writes whole frames to the alternate screen: only the rows that differ from the frame before, each at its own place, as one
 * synchronized update (DEC private mode 2026), so that nothing flickers. Ink 6.8's own incremental rendering counts its way up one row short
 * when a frame ends with a line end, and erases the scrollback when the terminal becomes lower; rows at absolute places can do neither.
 */
export class FrameWriter {
  readonly #stdout: NodeJS.WriteStream;
  #rows: readonly string[] = [];

  constructor(stdout: NodeJS.WriteStream) {
    this.#stdout = stdout;
  }

  /** Forgets what is on the terminal: the next frame is written whole. */
  forget(): void {
    this.#rows = [];
  }

  /** Shows a frame, its rows separated by line ends. Rows below the terminal's end are left out. */
  write(frame: string): void {
    const rows = frame.split("\n").slice(0, Math.max(1, this.#stdout.rows || Number.POSITIVE_INFINITY));
    const isWhole = this.#rows.length === 0;
    const changed = rows.flatMap((row, index) => (row === this.#rows[index] && !isWhole ? [] : [placed(row, index)]));
    const emptied = this.#rows.slice(rows.length).map((_, index) => placed("", rows.length + index));
    this.#rows = rows;
    const text = [isWhole ? "\x1b[2J" : "", ...changed, ...emptied].join("");
    if (text !== "") this.#stdout.write(synchronizedBegin + text + synchronizedEnd);
  }

  /**
   * The terminal as Ink is to see it, in its debug mode, where it writes each frame whole: frames come here. It hears
   * nothing of new sizes, for which the screen draws a frame of its own, and nothing else that it writes passes but empty writes, with
   * which it waits for the terminal.
   */
  asInkStdout(): NodeJS.WriteStream {
    return new Proxy(this.#stdout, {
      get: (target, name) => {
        if (name === "write") return this.#takeFromInk;
        if (name === "on")
          return (event: string, listener: () => void) => event !== "resize" && target.on(event, listener);
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  }

  readonly #takeFromInk = (text: string, written?: () => void): boolean => {
    if (text === "") return this.#stdout.write("", written);
    // Ink hides and shows the cursor on its own; the alternate screen sees to that.
    if (!text.startsWith("\x1b[?25")) this.write(text);
    return true;
  };
}

// Cursor position (ECMA-48 section 8.3.21) counts from 1; erase in line to its end (8.3.41).
const placed = (row: string, index: number): string => `\x1b[${index + 1};1H${row}\x1b[0m\x1b[K`;
