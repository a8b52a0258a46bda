import { access } from "node:fs/promises";
import { DevError, type NoticeEvent } from "@drydock/core";
import type { Session } from "../session.ts";
import { authorityFolder } from "./authority-place.ts";

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

  /** Says how browsers come to trust the front, where nothing of this machine does yet. */
  async tellWhetherTrusted(url: string, variables: Readonly<Record<string, string>>): Promise<void> {
    const { trustMark } = await import("@drydock/certs");
    const isTrusted = await access(trustMark(authorityFolder(variables))).then(
      () => true,
      () => false,
    );
    if (isTrusted || variables.CI) return;
    const hint = "`dev trust` lets them, and shows first what it will do.";
    this.tell("info", `Browsers do not trust ${url} yet:`, hint);
  }
}
