import type { FileChange, FollowUp } from "@drydock/watch";
import type { Session } from "../session.ts";
import type { StackSource } from "../supervisor.ts";
import { applyEdits } from "./apply-edits.ts";
import { type EditBatch, namesOf, toldEdits } from "./edit-batch.ts";
import { EditReport } from "./edit-report.ts";

/** What a queue is made with. */
export interface EditHooks {
  /** Decides what changes mean. */
  readonly plan: (changes: readonly FileChange[]) => EditBatch;
  /** A batch is about to be applied. */
  readonly onBegin: (batch: EditBatch) => void;
  /** The commands of these rules have run. */
  readonly onRan: (followUps: readonly FollowUp[]) => void;
  /** A batch has arrived. */
  readonly onApplied: (batch: EditBatch) => Promise<void>;
}

/** Batches of edits, one after the other; one that touches a service of the batch under way takes its place. */
export class EditQueue {
  readonly #session: Session;
  readonly #source: StackSource;
  readonly #hooks: EditHooks;
  readonly #closed = new AbortController();
  #pending: { readonly changes: readonly FileChange[]; readonly savedAt: number } | undefined;
  /** Services that a batch which was overtaken may have left stopped. */
  #cutOff: ReadonlySet<string> = new Set();
  #running:
    | { readonly batch: EditBatch; readonly changes: readonly FileChange[]; readonly cut: AbortController }
    | undefined;

  constructor(session: Session, source: StackSource, hooks: EditHooks) {
    this.#hooks = hooks;
    this.#session = session;
    this.#source = source;
  }

  /** Takes changes that were saved at a time, in milliseconds. What they overtake is cut off, and done again with them. */
  add(changes: readonly FileChange[], savedAt: number): void {
    const waiting = this.#pending?.changes ?? [];
    this.#pending = { changes: [...waiting, ...changes], savedAt: this.#pending?.savedAt ?? savedAt };
    const running = this.#running;
    if (!running) return void this.#run();
    const touched = namesOf(this.#hooks.plan(changes));
    if (![...namesOf(running.batch)].some((name) => touched.has(name))) return;
    this.#pending = { ...this.#pending, changes: [...running.changes, ...this.#pending.changes] };
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
      const batch = this.#hooks.plan(latest(changes));
      const cut = new AbortController();
      const cutOff = this.#cutOff;
      this.#running = { batch, changes, cut };
      const report = new EditReport(this.#session, toldEdits(batch), savedAt);
      try {
        const signal = AbortSignal.any([cut.signal, this.#closed.signal]);
        const { onBegin, onRan } = this.#hooks;
        onBegin(batch);
        await applyEdits(this.#session, this.#source, { batch, cutOff, report, onRan }, signal);
        report.done();
        this.#cutOff = new Set();
        await this.#hooks.onApplied(batch);
      } catch (error) {
        if (cut.signal.aborted) {
          report.overtaken();
          this.#cutOff = new Set([...cutOff, ...namesOf(batch)]);
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
