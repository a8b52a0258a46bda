import {
  type ApplyContext,
  type Clock,
  type DevEvent,
  type Engine,
  type Plan,
  type Step,
  serializeError,
  stepLabel,
} from "@drydock/core";
import type { StepTime } from "@drydock/planner";

/** What came of a plan. */
export interface Execution {
  readonly times: ReadonlyMap<string, StepTime>;
  readonly failures: readonly StepFailure[];
  /** Steps that were not begun because what they wait for failed. */
  readonly skipped: readonly Step[];
}

export interface StepFailure {
  readonly step: Step;
  readonly error: unknown;
}

/** Work of ours among an engine's steps; what waits for it goes on however it ends. */
export interface OwnStep {
  readonly id: string;
  /** Done when all of these are; not begun where one of them failed. */
  readonly after: readonly string[];
  run(): Promise<void>;
}

/**
 * Carries a plan out: each step as soon as those before it are done, all that may run at once at once. A failure skips what
 * waits for it and nothing else. Decides nothing.
 * @throws the signal's reason when it is aborted; steps under way have ended then
 */
export async function execute(
  plan: Plan,
  engine: Pick<Engine, "apply">,
  context: ApplyContext,
  clock: Clock,
  own?: OwnStep,
): Promise<Execution> {
  const times = new Map<string, StepTime>();
  const failures: StepFailure[] = [];
  const skipped: Step[] = [];
  const outcomes = new Map<string, Promise<boolean>>();
  let ownError: { readonly error: unknown } | undefined;

  const run = async (step: Step): Promise<boolean> => {
    const before = await Promise.all(step.after.map((id) => outcomes.get(id) ?? true));
    const report = (rest: Pick<DevEvent & { kind: "step" }, "phase" | "durationMs" | "error">) =>
      context.emit({ kind: "step", at: clock.now(), id: step.id, label: stepLabel(step), ...rest });
    if (context.signal.aborted || before.includes(false)) {
      skipped.push(step);
      report({ phase: "skipped" });
      return false;
    }
    report({ phase: "started" });
    const startedAt = clock.now();
    try {
      await engine.apply(step, context);
      times.set(step.id, { startedAt, endedAt: clock.now() });
      report({ phase: "done", durationMs: clock.now() - startedAt });
      return true;
    } catch (error) {
      failures.push({ step, error });
      report({ phase: "failed", durationMs: clock.now() - startedAt, error: serializeError(error) });
      return false;
    }
  };

  const runOwn = async ({ after, run: work }: OwnStep): Promise<boolean> => {
    const before = await Promise.all(after.map((id) => outcomes.get(id) ?? true));
    if (!context.signal.aborted && !before.includes(false))
      await work().catch((error: unknown) => {
        ownError = { error };
      });
    return true;
  };

  // A plan lists each step after those that it waits for, or not: promises are made for all before any is awaited.
  const begin = deferred();
  for (const step of plan)
    outcomes.set(
      step.id,
      begin.promise.then(() => run(step)),
    );
  if (own)
    outcomes.set(
      own.id,
      begin.promise.then(() => runOwn(own)),
    );
  begin.resolve();
  await Promise.all(outcomes.values());
  context.signal.throwIfAborted();
  if (ownError) throw ownError.error;
  return { times, failures, skipped };
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
