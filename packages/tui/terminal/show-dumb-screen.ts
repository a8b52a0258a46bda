import type { DevEvent } from "@drydock/core";
import { plainState, printPlainStream } from "./plain-stream.ts";
import { readRawInput } from "./raw-input.ts";
import type { Interlude } from "./run-effect.ts";
import type { ScreenStore } from "./screen-store.ts";

interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

/** The screen of a terminal that cannot move its cursor: states and log lines as they come, `q` and Ctrl-C as everywhere. */
export async function showDumbScreen(
  { stdin, stdout }: Terminal,
  store: ScreenStore,
  interrupted: Promise<Interlude>,
  follow: (emit: (event: DevEvent) => void) => Promise<void>,
): Promise<{ readonly reason: Extract<Interlude, { kind: "leave" }>["reason"] }> {
  stdout.write("(plain log: this terminal cannot move its cursor; q detaches, Ctrl-C asks)\n");
  const stopPrinting = printPlainStream(store, stdout);
  const stopReading = readRawInput(stdin, (key) => onKey(store, stdout, key));
  const following = follow((event) => {
    const line = plainState(event, store);
    if (line !== undefined) stdout.write(`${line}\n`);
  });
  void following.then(() => {
    const { connection } = store.state;
    if (connection.kind === "lost") stdout.write(`(the supervisor is gone: ${connection.error.message} q leaves)\n`);
  });
  try {
    const interlude = await interrupted;
    return { reason: interlude.kind === "leave" ? interlude.reason : "detach" };
  } finally {
    stopPrinting();
    stopReading();
  }
}

function onKey(store: ScreenStore, stdout: NodeJS.WriteStream, key: string): void {
  const wasAsking = isAsking(store);
  if (key === "q" || key === "<ctrl-c>" || wasAsking) store.key(key);
  if (!wasAsking && isAsking(store)) {
    stdout.write("(detach: d, stop everything: s or Ctrl-C, kill: k, stay: any other key)\n");
  }
}

const isAsking = (store: ScreenStore): boolean => store.state.overlay?.kind === "leaving";
