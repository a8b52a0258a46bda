import type { SeedOutcome } from "@drydock/databases";
import type { Session } from "../../session.ts";
import { withDataEngine } from "../snapshot/open.ts";
import { noteKeeping } from "./keeping.ts";
import { type KeptPlan, keepSeed } from "./kept-seeds.ts";

/**
 * Saves what was just seeded. Resolves when the copy is of this moment whatever is written from now on: writes are held back until the files are copied. The
 * rest is done in the background, before anything else that changes the stack. That it fails is a notice.
 */
export async function startKeeping(
  session: Session,
  plan: KeptPlan,
  outcome: SeedOutcome,
  madeMs: number,
): Promise<{ readonly isKept: boolean }> {
  const state = { isKept: false };
  const signal = noteKeeping(session, new AbortController());
  let capture: () => void = () => undefined;
  const captured = new Promise<void>((resolve) => {
    capture = resolve;
  });
  const at = (step: string) => (step === "saved" ? capture() : undefined);
  const work = withDataEngine(session, signal, (engine) =>
    keepSeed(session, engine, plan, outcome, madeMs, at, signal),
  ).then(
    () => {
      state.isKept = true;
    },
    (error: unknown) => {
      if (signal.aborted) return;
      const message = `${plan.file.name} was seeded, and not kept: ${error instanceof Error ? error.message : error}`;
      session.publish({ kind: "notice", at: session.clock.now(), level: "warning", message });
    },
  );
  await Promise.race([captured, work]);
  void session.exclusively(() => work);
  return state;
}
