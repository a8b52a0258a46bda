import { type ChildProcess, spawn } from "node:child_process";
import { readSync } from "node:fs";
import { busyDoorScript } from "./busy-door-script.ts";
import { descriptorOf } from "./descriptor.ts";

const longestGoodbyeMs = 500;
/** Nobody changes it: waiting for it is a sleep without the event loop. */
const clock = new Int32Array(new SharedArrayBuffer(4));

/** What a new client has to hear and to know while a script is slow. */
export interface BusyDoorSettings {
  /** The error for everything but the commands that end the script. */
  readonly refusal: string;
  /** SHA-256 of the passwords of the user "default", in hexadecimal. */
  readonly passwords: readonly string[];
  /** That user needs none. */
  readonly isOpen: boolean;
}

/**
 * Lets new clients in while a slow script holds the event loop, which cannot accept them: a process of its own shares the listening
 * socket as long as it lasts, tells them BUSY, and passes on what ends the script. They lose their connection with it.
 */
export class BusyDoor {
  #child: ChildProcess | undefined;
  #input = "";

  /** Opens the door at that listening socket, once. */
  open(listening: number, settings: BusyDoorSettings): void {
    if (this.#child !== undefined) return;
    const child = spawn(process.execPath, ["--eval", busyDoorScript], { stdio: ["pipe", "pipe", "ignore", listening] });
    this.#child = child;
    // A door that does not open leaves the server as it is: new clients wait.
    child.on("error", () => undefined);
    child.stdin?.on("error", () => undefined);
    child.stdin?.write(`${JSON.stringify(settings)}\n`);
  }

  /** Runs the commands that came through, without the event loop. `run` returns the reply as RESP has it. */
  poll(run: (words: readonly string[]) => string): void {
    const child = this.#child;
    for (const line of this.#readLines()) {
      const [number = "", ...words] = line.split(" ");
      const reply = run(words);
      child?.stdin?.write(`${number} ${reply}\n`);
      if (reply.startsWith("+")) this.#awaitDone();
    }
  }

  /** The script ends now, and the door with it: not before its last reply has left. */
  #awaitDone(): void {
    const end = Date.now() + longestGoodbyeMs;
    while (Date.now() < end && !this.#readLines().includes("done")) Atomics.wait(clock, 0, 0, 2);
  }

  #readLines(): readonly string[] {
    const descriptor = this.#child?.stdout ? descriptorOf(this.#child.stdout) : undefined;
    if (descriptor === undefined) return [];
    const chunk = Buffer.allocUnsafe(4096);
    try {
      this.#input += chunk.toString("latin1", 0, readSync(descriptor, chunk));
    } catch {
      return []; // Nothing there.
    }
    const lines = this.#input.split("\n");
    this.#input = lines.pop() ?? "";
    return lines;
  }

  close(): void {
    // At once, so that it accepts nobody who comes because the script is over.
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
    this.#input = "";
  }
}
