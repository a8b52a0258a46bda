// xterm's alternate screen buffer with the cursor saved (DECSET 1049). Lines are not wrapped by the terminal meanwhile (DECAWM, 7):
// where it thinks a character wider than we do, the row is cut instead of pushing all others down.
// The cursor is hidden (DECTCEM, 25).
const enterSequence = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J\x1b[H";
const leaveSequence = "\x1b[?7h\x1b[?1049l\x1b[?25h";

/** The terminal's second screen. Whatever ends the process by itself, the person's own screen comes back. */
export class AlternateScreen {
  readonly #stdout: NodeJS.WriteStream;
  #isShown = false;
  readonly #onExit = (): void => this.leave();

  constructor(stdout: NodeJS.WriteStream) {
    this.#stdout = stdout;
  }

  /** Shows it, empty. */
  enter(): void {
    if (this.#isShown) return;
    this.#isShown = true;
    process.once("exit", this.#onExit);
    this.#stdout.write(enterSequence);
  }

  /** Back to the screen that was there before, with its cursor. */
  leave(): void {
    if (!this.#isShown) return;
    this.#isShown = false;
    process.off("exit", this.#onExit);
    this.#stdout.write(leaveSequence);
  }
}
