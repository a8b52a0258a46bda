import { DevError, type NoticeEvent } from "@drydock/core";
import type { Session } from "../session.ts";

/** What a front tells people. Each sentence is told once. */
export class FrontNotices {
  readonly #session: Session;
  readonly #told = new Set<string>();

  constructor(session: Session) {
    this.#session = session;
  }

  tell(level: NoticeEvent["level"], message: string, hint: string | undefined): void {
    if (this.#told.has(message)) return;
    this.#told.add(message);
    const at = this.#session.clock.now();
    this.#session.publish({ kind: "notice", at, level, message, ...(hint === undefined ? {} : { hint }) });
  }

  /** Does the work. Never rejects: what went wrong is told. */
  async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const evidence = error instanceof DevError ? error.evidence.slice(-2) : [];
      this.tell("warning", [message, ...evidence].join(" "), error instanceof DevError ? error.hint : undefined);
    }
  }
}
