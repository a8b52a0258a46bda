import { DevError, nothingObserved, type Observed, type Plan, type ReplaceStep, type Step } from "@drydock/core";
import { planReplace, planRestart, planRetire } from "@drydock/planner";
import { type Execution, execute } from "../execute.ts";
import type { Session } from "../session.ts";

// Whoever was asked something before has this long to answer, before the stop signal asks for its end.
const longestAnswerMs = 1_000;

/** Those of these services in whose processes' place new ones may come while they run. */
export async function replaceable(session: Session, services: readonly string[]): Promise<readonly string[]> {
  const { engine, environment } = session.stack;
  const answers = await Promise.all(services.map((name) => engine.canReplace(name, environment)));
  return services.filter((_, index) => answers[index]);
}

/**
 * Lets new processes take the place of those that run, for the services of `replaced`, as soon as they are ready, and restarts the `others`. Resolves when all
 * that leads to a service leads to the new process. The one before answers what it was asked, and is stopped after that; where the new one does not become
 * ready, it goes on. One that cannot stand beside another is restarted.
 * @throws DevError why one did not come up; the signal's reason when it is aborted
 */
export async function replaceServices(
  session: Session,
  replaced: readonly string[],
  others: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  await session.exclusively(async () => {
    const { environment } = session.stack;
    // What the watch has told is at hand; asking the engine would cost each save 50 ms.
    const observed: Observed = { ...nothingObserved, instances: session.board.all };
    const plan = [...planReplace(replaced, environment, observed), ...planRestart(others, environment, observed)];
    let replacements = plan.filter(isReplacement);
    try {
      const { failures } = await carryOut(session, plan, signal);
      replacements = replacements.filter((step) => !failures.some((each) => each.step === step));
      const alone = failures.flatMap(({ step, error }) =>
        step.kind === "replace" && isCannotOverlap(error) ? step.service : [],
      );
      const again = planRestart([...new Set(alone)], environment, observed);
      const restarted = again.length > 0 ? await carryOut(session, again, signal) : undefined;
      await session.front?.settle();
      const rest = failures.filter(({ error }) => !isCannotOverlap(error));
      const [first] = [...rest, ...(restarted?.failures ?? [])];
      if (first) throw first.error instanceof Error ? first.error : new Error(String(first.error));
    } finally {
      // Where the next save cuts this off, some may have been replaced.
      void retire(session, replacements);
    }
  });
}

function isReplacement(step: Step): step is ReplaceStep {
  return step.kind === "replace";
}

function isCannotOverlap(error: unknown): boolean {
  return error instanceof DevError && error.code === "CANNOT_OVERLAP";
}

async function retire(session: Session, replaced: readonly ReplaceStep[]): Promise<void> {
  if (replaced.length === 0) return;
  await session.front?.settle();
  const late = new AbortController();
  const timer = session.clock.sleep(longestAnswerMs, AbortSignal.any([late.signal, session.ended]));
  await Promise.race([timer, session.front?.drained()]).catch(() => undefined);
  late.abort();
  // A session that ends stops them with the rest.
  if (session.ended.aborted) return;
  await session.exclusively(() => carryOut(session, planRetire(replaced), session.ended)).catch(() => undefined);
}

function carryOut(session: Session, plan: Plan, signal: AbortSignal): Promise<Execution> {
  const { environment, engine } = session.stack;
  session.publish({ kind: "plan", at: session.clock.now(), plan });
  return execute(plan, engine, { environment, emit: session.publish, signal }, session.clock);
}
