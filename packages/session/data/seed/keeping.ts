import type { Session } from "../../session.ts";

const running = new WeakMap<Session, AbortController>();

/** A snapshot of what was seeded is being saved, until the controller is aborted or the session ends. */
export function noteKeeping(session: Session, end: AbortController): AbortSignal {
  running.set(session, end);
  return AbortSignal.any([end.signal, session.ended]);
}

/** Whoever takes the stack down does not wait for it. */
export function stopKeeping(session: Session): void {
  running.get(session)?.abort();
}
