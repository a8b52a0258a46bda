import type { Edit, FileChange } from "@drydock/watch";
import type { Session } from "../session.ts";
import type { StackSource } from "../supervisor.ts";
import { applyEdits } from "./apply-edits.ts";
import { EditReport } from "./edit-report.ts";

/** Batches of edits, one after the other; one that touches a service of the batch under way takes its place. */
export class EditQueue {
  readonly #session: Session;
  readonly #source: StackSource;
  readonly #onApplied: (edits: readonly Edit[]) => Promise<void>;
  readonly #plan: (changes: readonly FileChange[]) => readonly Edit[];
  readonly #closed = new AbortController();
  #pending: { readonly changes: readonly FileChange[]; readonly savedAt: number } | undefined;
  /** Services that a batch which was overtaken may have left stopped. */
  #cutOff: ReadonlySet<string> = new Set();
  #running: { readonly edits: readonly Edit[]; readonly savedAt: number; readonly cut: AbortController } | undefined;

  /** `plan` decides what changes mean; `onApplied` hears of each batch that has arrived. */
  constructor(
    session: Session,
    source: StackSource,
    plan: (changes: readonly FileChange[]) => readonly Edit[],
    onApplied: (edits: readonly Edit[]) => Promise<void>,
  ) {
    this.#onApplied = onApplied;
    this.#session = session;
    this.#source = source;
    this.#plan = plan;
  }

  /** Takes changes that were saved at a time, in milliseconds. What they overtake is cut off, and done again with them. */
  add(changes: readonly FileChange[], savedAt: number): void {
    const waiting = this.#pending?.changes ?? [];
    this.#pending = { changes: [...waiting, ...changes], savedAt: this.#pending?.savedAt ?? savedAt };
    const running = this.#running;
    if (!running) return void this.#run();
    const touched = new Set(this.#plan(changes).map(({ service }) => service));
    if (!running.edits.some(({ service }) => touched.has(service))) return;
    const undone = running.edits.flatMap((edit) => edit.changes);
    this.#pending = { ...this.#pending, changes: [...undone, ...this.#pending.changes] };
    running.cut.abort();
  }

  /** Forgets what waits and cuts off what runs. */
  close(): void {
    this.#pending = undefined;
    this.#closed.abort();
  }

  async #run(): Promise<void> {
    while (this.#pending && !this.#closed.signal.aborted) {
      const { changes, savedAt } = this.#pending;
      this.#pending = undefined;
      const edits = this.#plan(latest(changes));
      const cut = new AbortController();
      const cutOff = this.#cutOff;
      this.#running = { edits, savedAt, cut };
      const report = new EditReport(this.#session, edits, savedAt);
      try {
        const signal = AbortSignal.any([cut.signal, this.#closed.signal]);
        await applyEdits(this.#session, this.#source, edits, cutOff, report, signal);
        report.done();
        this.#cutOff = new Set();
        await this.#onApplied(edits);
      } catch (error) {
        if (cut.signal.aborted) {
          report.overtaken();
          this.#cutOff = new Set([...cutOff, ...edits.map(({ service }) => service)]);
        } else if (!this.#closed.signal.aborted) report.failed(error);
      }
      this.#running = undefined;
    }
  }
}

/** Each file once, as it was last. */
function latest(changes: readonly FileChange[]): readonly FileChange[] {
  return [...new Map(changes.map((change) => [change.path, change])).values()];
}
