import { type ChildProcess, spawn } from "node:child_process";
import { guardianScript } from "./guardian-script.ts";
import { sessionMarker } from "./markers.ts";

/** What the guardian is called in lists of processes. */
export const guardianName = "drydock-guardian";

/**
 * Ends the children of this process when it dies by any signal. It is a process of its own, in its own session, that holds
 * the other end of a pipe: our death closes it. Started with the first group, and again should somebody kill it.
 */
export class Guardian {
  readonly #sessionId: string;
  readonly #groups = new Set<number>();
  #child: ChildProcess | undefined;
  #isClosed = false;

  constructor(sessionId: string) {
    this.#sessionId = sessionId;
  }

  /** This group ends with us. */
  guard(group: number): void {
    this.#groups.add(group);
    if (this.#child) this.#tell(`+ ${group}`);
    else this.#start();
  }

  /** This group has ended: its number may belong to somebody else from now on. */
  release(group: number): void {
    if (this.#groups.delete(group)) this.#tell(`- ${group}`);
  }

  /** Ends the guardian. It still ends the groups that were not released. */
  close(): Promise<void> {
    this.#isClosed = true;
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    if (this.#groups.size === 0) this.#tell(".");
    child.stdin?.end();
    child.ref();
    return new Promise((resolve) => child.once("exit", () => resolve()));
  }

  #start(): void {
    // Windows has no sh and no signals: there, what a crash leaves is found by the next start.
    if (process.platform === "win32" || this.#isClosed) return;
    const child = spawn("/bin/sh", ["-c", guardianScript, guardianName, sessionMarker(this.#sessionId)], {
      detached: true,
      cwd: "/",
      env: { PATH: "/usr/bin:/bin:/usr/sbin:/sbin" },
      stdio: ["pipe", "ignore", "ignore"],
    });
    this.#child = child;
    child.unref();
    if (child.stdin && "unref" in child.stdin && typeof child.stdin.unref === "function") child.stdin.unref();
    child.stdin?.on("error", () => {}); // its death is noticed by "exit"
    child.once("error", () => this.#forget(child));
    child.once("exit", () => {
      this.#forget(child);
      if (this.#groups.size > 0) this.#start();
    });
    for (const group of this.#groups) this.#tell(`+ ${group}`);
  }

  #forget(child: ChildProcess): void {
    if (this.#child === child) this.#child = undefined;
  }

  #tell(line: string): void {
    this.#child?.stdin?.write(`${line}\n`);
  }
}
