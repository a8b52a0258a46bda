import { render } from "ink";
import type { AlternateScreen } from "../terminal/alternate-screen.ts";
import { FrameWriter } from "../terminal/frame-writer.ts";
import type { Interlude } from "../terminal/run-effect.ts";
import type { ScreenStore } from "../terminal/screen-store.ts";
import { terminalSize } from "../terminal/terminal-size.ts";
import { Screen } from "./Screen.tsx";

interface DrawOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly store: ScreenStore;
  readonly screen: AlternateScreen;
  readonly hasColour: boolean;
}

/**
 * Draws the store's state on the alternate screen until something else is wanted, which it returns.
 * @throws what a view throws
 */
export async function drawUntil(
  interrupted: Promise<Interlude>,
  { stdin, stdout, store, screen, hasColour }: DrawOptions,
): Promise<Interlude> {
  const writer = new FrameWriter(stdout);
  const onResize = (): void => {
    writer.forget();
    store.resize(terminalSize(stdout));
  };
  stdout.on("resize", onResize);
  // Ink takes the view down by itself only when it throws (then waiting rejects) or when a signal ends the process.
  const ink = render(<Screen store={store} hasColour={hasColour} onGone={() => screen.leave()} />, {
    stdin,
    stdout: writer.asInkStdout(),
    exitOnCtrlC: false,
    patchConsole: false,
    debug: true,
  });
  const gone = ink.waitUntilExit();
  try {
    const leave: Interlude = { kind: "leave", reason: "detach" };
    return await Promise.race([interrupted, gone.then(() => leave)]);
  } finally {
    stdout.off("resize", onResize);
    ink.unmount();
    await gone;
  }
}
