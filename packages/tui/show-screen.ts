import { type Clock, type DevEvent, type ExecCommand, serializeError } from "@drydock/core";
import type { StackSource, Supervisor } from "@drydock/session";
import { noTerminal, streamEnded } from "./errors.ts";
import { AlternateScreen } from "./terminal/alternate-screen.ts";
import { printPlainStream } from "./terminal/plain-stream.ts";
import { readRawInput, releaseInput } from "./terminal/raw-input.ts";
import { effectRunner, type Interlude } from "./terminal/run-effect.ts";
import { ScreenStore } from "./terminal/screen-store.ts";
import { sentenceOf } from "./terminal/sentence-of.ts";
import { showDumbScreen } from "./terminal/show-dumb-screen.ts";
import { terminalSize } from "./terminal/terminal-size.ts";
import { type TerminalTraits, terminalTraits } from "./terminal/terminal-traits.ts";
import { glyphsFor } from "./text/glyphs.ts";

export interface ScreenOptions {
  readonly supervisor: Supervisor;
  /** The stack that the supervisor looks after. */
  readonly source: StackSource;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Environment variables: NO_COLOR, TERM, LANG, LC_ALL and LC_CTYPE are read. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly openUrl: (url: string) => Promise<void>;
  /** Runs a command with the terminal as its own, and resolves when it has ended. The screen is away meanwhile. */
  readonly runInTerminal: (command: ExecCommand) => Promise<void>;
  /** Takes the screen down; `showScreen` then resolves with `detach`. */
  readonly signal: AbortSignal;
}

/** Why the screen was left: what is to be done now. `supervisor-ended`: the stream had ended before. */
export interface ScreenExit {
  readonly reason: "detach" | "stop" | "kill" | "supervisor-ended";
}

/**
 * Shows the screen until the person leaves it; nothing that services do ends it. On a terminal that cannot move its cursor (TERM=dumb)
 * the same events are plain lines.
 * @throws DevError NO_TERMINAL when standard input or output is no terminal
 */
export async function showScreen(options: ScreenOptions): Promise<ScreenExit> {
  const { stdin, stdout, clock, variables } = options;
  if (!stdin.isTTY || !stdout.isTTY) throw noTerminal();
  const traits = terminalTraits(variables);
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  const store = new ScreenStore({ size: terminalSize(stdout), glyphs: glyphsFor(traits.isUtf8), clock, signal });
  const interludes = new Interludes();
  options.signal.addEventListener("abort", () => interludes.add({ kind: "leave", reason: "detach" }), { once: true });
  store.setEffects(effectRunner(store, { ...options, signal, interrupt: (each) => interludes.add(each) }));
  try {
    if (traits.isDumb)
      return await showDumbScreen(options, store, interludes.next(), (emit) =>
        follow(options.supervisor, store, signal, emit),
      );
    void follow(options.supervisor, store, signal);
    return await showFrames(options, store, interludes, traits);
  } finally {
    ended.abort();
  }
}

/** Frames, and what comes between them, until the person leaves. */
async function showFrames(
  options: ScreenOptions,
  store: ScreenStore,
  interludes: Interludes,
  traits: TerminalTraits,
): Promise<ScreenExit> {
  const { stdin, stdout } = options;
  const screen = new AlternateScreen(stdout);
  const { drawUntil } = await loadInk();
  try {
    for (;;) {
      screen.enter();
      store.resize(terminalSize(stdout));
      const interlude = await drawUntil(interludes.next(), {
        stdin,
        stdout,
        store,
        screen,
        hasColour: traits.hasColour,
      });
      screen.leave();
      if (interlude.kind === "leave") return { reason: interludes.lastReason ?? interlude.reason };
      if (interlude.kind === "plain") await showPlain(options, store);
      if (interlude.kind === "shell") await runShell(options, store, interlude);
    }
  } finally {
    screen.leave();
    await releaseInput(stdin);
  }
}

/**
 * Loads Ink with React's production build. The development build, which React takes unless NODE_ENV says otherwise while it is
 * loaded, keeps a record of every render for ever. Tests keep theirs: vitest compiles views for it.
 */
async function loadInk(): Promise<typeof import("./views/draw-until.tsx")> {
  const before = process.env.NODE_ENV;
  if (before !== "test") process.env.NODE_ENV = "production";
  try {
    return await import("./views/draw-until.tsx");
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

/** The plain log, until any key. */
async function showPlain({ stdin, stdout, signal }: ScreenOptions, store: ScreenStore): Promise<void> {
  const stopPrinting = printPlainStream(store, stdout);
  stdout.write("(plain log: any key returns to the screen)\n");
  const left = new AbortController();
  const stopReading = readRawInput(stdin, (key) => {
    // Ctrl-C asks its question on the screen.
    if (key === "<ctrl-c>") store.key(key);
    left.abort();
  });
  await aborted(AbortSignal.any([signal, left.signal]));
  stopReading();
  stopPrinting();
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });

async function runShell(
  options: ScreenOptions,
  store: ScreenStore,
  shell: Extract<Interlude, { kind: "shell" }>,
): Promise<void> {
  await releaseInput(options.stdin);
  try {
    await options.runInTerminal(shell.command);
  } catch (error) {
    store.happen({ kind: "acted", service: shell.service, text: sentenceOf(serializeError(error)), isError: true });
  }
}

/** Follows the supervisor. Never rejects: when the stream ends, the screen says so. */
async function follow(
  supervisor: Supervisor,
  store: ScreenStore,
  signal: AbortSignal,
  emit: (event: DevEvent) => void = () => undefined,
): Promise<void> {
  const request = { logs: true, services: [], replayLines: 200, usage: true, requests: true };
  const take = (event: DevEvent): void => {
    store.receive(event);
    emit(event);
  };
  const error = await supervisor.follow(request, take, signal).then(streamEnded, (reason: unknown) => reason);
  if (!signal.aborted) store.happen({ kind: "lost", error: serializeError(error) });
}

/** What interrupts the frames, one after the other. To leave goes before all else. */
class Interludes {
  #waiting: Interlude[] = [];
  #wake: ((interlude: Interlude) => void) | undefined;

  add(interlude: Interlude): void {
    if (this.#wake) {
      this.#wake(interlude);
      this.#wake = undefined;
    } else {
      this.#waiting = interlude.kind === "leave" ? [interlude] : [...this.#waiting, interlude];
    }
  }

  /** A later answer to how to leave, given while the screen was taken down. */
  get lastReason(): ScreenExit["reason"] | undefined {
    const last = this.#waiting.at(-1);
    return last?.kind === "leave" ? last.reason : undefined;
  }

  next(): Promise<Interlude> {
    const first = this.#waiting.shift();
    if (first) return Promise.resolve(first);
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
