import type { Session } from "../../session.ts";
import type { StackSource } from "../../supervisor.ts";
import { backupState } from "./backup-state.ts";

// A machine that slept wakes with timers that are late: no sleep is longer than this.
const lookEveryMs = 60_000;

/** Makes one backup. @throws DevError why it was not made */
export type MakeBackup = (signal: AbortSignal) => Promise<{ readonly id: string; readonly pruned: number }>;

/** Makes backups by themselves, as the settings say, while somebody looks after the stack. */
export class BackupScheduler {
  readonly #session: Session;
  readonly #make: (source: StackSource) => MakeBackup;
  #running: AbortController | undefined;
  #said = "";

  constructor(session: Session, make: (source: StackSource) => MakeBackup = ownBackup(session)) {
    this.#session = session;
    this.#make = make;
  }

  /** Begins, or begins again where the settings say something else by now. */
  update(source: StackSource): void {
    const { everyMs, schedule, to } = this.#session.stack.settings.backup;
    const said = JSON.stringify([everyMs, schedule, to]);
    if (said === this.#said) return;
    this.stop();
    this.#said = said;
    if (everyMs === undefined && schedule === undefined) return;
    this.#running = new AbortController();
    const signal = AbortSignal.any([this.#running.signal, this.#session.ended]);
    this.#follow(source, signal).catch(() => undefined); // it was stopped
  }

  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#said = "";
  }

  async #follow(source: StackSource, signal: AbortSignal): Promise<void> {
    const { dueAt } = await import("./due-at.ts");
    const { clock, folder } = this.#session;
    const since = clock.now();
    const make = this.#make(source);
    for (;;) {
      signal.throwIfAborted();
      const { lastAt } = backupState(folder).read();
      const due = dueAt(
        this.#session.stack.settings.backup,
        lastAt === undefined ? undefined : Date.parse(lastAt),
        since,
      );
      if (due === undefined) return;
      const waitMs = due - clock.now();
      if (waitMs <= 0 && this.#isUp()) await this.#makeOne(make, signal);
      else await clock.sleep(Math.min(Math.max(waitMs, 1_000), lookEveryMs), signal);
    }
  }

  /** Servers that do not run are no failure of a backup: it waits for them. */
  #isUp(): boolean {
    return this.#session.board.all.some(({ state }) => state === "ready");
  }

  async #makeOne(make: MakeBackup, signal: AbortSignal): Promise<void> {
    const { clock, folder, publish } = this.#session;
    const state = backupState(folder);
    const lastAt = new Date(clock.now()).toISOString();
    const { lastId } = state.read();
    const known = lastId === undefined ? {} : { lastId };
    try {
      const { id, pruned } = await make(signal);
      state.write({ lastAt, lastId: id });
      const gone = pruned === 0 ? "" : `, and ${pruned} older went`;
      publish({ kind: "notice", at: clock.now(), level: "info", message: `Backed up ${id}${gone}.` });
    } catch (error) {
      if (signal.aborted) throw error;
      const problem = error instanceof Error ? error.message : String(error);
      state.write({ lastAt, problem, ...known });
      const hint = "`dev backup run` tries again now.";
      publish({
        kind: "notice",
        at: clock.now(),
        level: "warning",
        message: `The scheduled backup failed: ${problem}`,
        hint,
      });
    }
  }
}

function ownBackup(session: Session): (source: StackSource) => MakeBackup {
  return (source) => async (signal) => {
    const { backup } = await import("./backup.ts");
    const request = { layout: "directory" } as const;
    const { manifest, pruned } = await backup(session, { source, act: "run", request }, () => undefined, signal);
    return { id: manifest.id, pruned: pruned.length };
  };
}
