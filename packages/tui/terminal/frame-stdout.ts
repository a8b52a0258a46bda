/**
 * The terminal as Ink is to see it. Ink runs in its debug mode, in which it writes each frame whole; what reaches the terminal
 * is the rows that changed, each at its place. (Ink 6.8's own incremental rendering moves up one row too few where a frame
 * is not as high as the terminal, and erases the scrollback where it is.)
 */
export function frameStdout(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
  let shown: readonly string[] = [];
  const write = (frame: unknown): boolean => {
    const next = String(frame).split("\n");
    const text = changedRows(shown, next);
    shown = next;
    return text === "" || stdout.write(text);
  };
  return new Proxy(stdout, {
    get(target, name) {
      if (name === "write") return write;
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      // A new size is a new set-up of Ink: it needs no news of it.
      if (name === "on")
        return (event: string, listener: () => void) => event !== "resize" && target.on(event, listener);
      return value.bind(target);
    },
  });
}

// Synchronized output (DEC private mode 2026): a terminal that knows it shows the rows of one frame at once.
const beginUpdate = "\x1b[?2026h";
const endUpdate = "\x1b[?2026l";

/** What turns one frame on the terminal into the next: cursor position (CUP), the row, erase to its end (EL); nothing for equal frames. */
export function changedRows(shown: readonly string[], next: readonly string[]): string {
  const rows = next.flatMap((row, index) => (row === shown[index] ? [] : [`\x1b[${index + 1};1H${row}\x1b[0m\x1b[K`]));
  const rest = next.length < shown.length ? [`\x1b[${next.length + 1};1H\x1b[J`] : [];
  const changes = [...rows, ...rest];
  return changes.length === 0 ? "" : `${beginUpdate}${changes.join("")}${endUpdate}`;
}
