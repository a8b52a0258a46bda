import {
  type ChainLink,
  DevError,
  type Emit,
  type Environment,
  findService,
  type Plan,
  type Step,
} from "@drydock/core";
import { criticalChain, planUp, type StepTime } from "@drydock/planner";
import { prepareData } from "./data/prepare-data.ts";
import { isUnusable, nothingWasStarted, timedOut, upFailed } from "./errors.ts";
import { execute, type StepFailure } from "./execute.ts";
import type { Session } from "./session.ts";
import { readStatus } from "./status.ts";
import type { UpRequest, UpResult } from "./supervisor.ts";

/**
 * Brings the stack to what the files say: observe, plan, execute; once to prepare, and, because preparing may replace
 * instances, once more to start what then is not running. `onStarting` is called when services are about to start: there is time then for what is needed when they have.
 * @throws DevError BAD_CONFIGURATION, NO_SUCH_SERVICE, TIMED_OUT, UP_FAILED, or the error of the one service that failed
 */
export async function up(
  session: Session,
  request: UpRequest,
  emit: Emit,
  signal: AbortSignal,
  onStarting: () => void = () => undefined,
): Promise<UpResult> {
  const unsubscribe = session.hub.subscribe((event) => {
    if (event.kind !== "log" && event.kind !== "usage") emit(event);
  });
  try {
    return await session.exclusively(() =>
      withTimeout(request, signal, (limit) => bringUp(session, request, limit, onStarting)),
    );
  } finally {
    unsubscribe();
  }
}

async function bringUp(
  session: Session,
  request: UpRequest,
  signal: AbortSignal,
  onStarting: () => void,
): Promise<UpResult> {
  const startedAt = session.clock.now();
  const { environment, engine } = await session.load(request.source, request.services, signal).catch((error) => {
    throw isUnusable(error) ? nothingWasStarted(error) : error;
  });
  const context = { environment, emit: session.publish, signal };
  if (!request.dryRun) await prepareData(session, signal);

  const before = await session.observe(signal);
  const first = planUp(environment, before, { ...request, isPrepared: false });
  if (request.dryRun) for (const step of first) if (step.kind === "prepare") await engine.check(step, environment);
  publishPlan(session, first);
  if (request.dryRun) return result(session, first, startedAt, signal);
  await session.front?.begin(request.source.variables);
  announceWaits(session, first);

  const preparation = first.filter((step) => step.kind !== "start" && step.kind !== "ready");
  const prepared = await execute(preparation, engine, context, session.clock);
  if (prepared.failures.length > 0) {
    // What was announced does not come: readers learn what there is instead.
    await session.observe(signal);
    throw failure(prepared.failures, session);
  }

  const rest =
    preparation.length === 0
      ? first
      : planUp(environment, await session.observe(signal), { ...request, isPrepared: true });
  if (preparation.length > 0) publishPlan(session, [...preparation, ...rest]);
  announceWaits(session, rest);
  const { beginFirstSeed } = await import("./data/seed/first-seed.ts");
  const seeding = await beginFirstSeed(session, rest, before, session.publish, signal);
  onStarting();
  const started = await execute(seeding.plan, session.waits.givingWay(engine), context, session.clock, seeding.step);
  for (const step of started.skipped) announceSkip(session, environment, step, started.failures);
  if (started.failures.length > 0) throw failure(started.failures, session);

  const plan = [...preparation, ...rest];
  const times = new Map<string, StepTime>([...prepared.times, ...started.times]);
  const seeded = await seeding.finish();
  const done = await result(session, plan, startedAt, signal);
  session.publish({
    kind: "up",
    at: session.clock.now(),
    durationMs: done.durationMs,
    changed: done.changed,
    criticalChain: chainOf(preparation, rest, times),
  });
  return seeded ? { ...done, seeded } : done;
}

/** The first steps after the preparation wait for it, which the second plan does not say. */
function chainOf(preparation: Plan, rest: Plan, times: ReadonlyMap<string, StepTime>): readonly ChainLink[] {
  const before = preparation.map((step) => step.id);
  const linked = rest.map((step) => (step.after.length === 0 ? { ...step, after: before } : step));
  return criticalChain([...preparation, ...linked], times);
}

async function result(session: Session, plan: Plan, startedAt: number, signal: AbortSignal): Promise<UpResult> {
  await session.front?.settle();
  const status = await readStatus(session, signal);
  return { plan, changed: plan.length > 0, durationMs: session.clock.now() - startedAt, status };
}

function publishPlan(session: Session, plan: Plan): void {
  session.publish({ kind: "plan", at: session.clock.now(), plan });
}

/** Shows what will start and does not yet, and what each waits for. */
function announceWaits(session: Session, plan: Plan): void {
  for (const step of plan) {
    if (step.kind !== "start") continue;
    const needs = [...new Set(step.after.flatMap((id) => (id.includes(":") ? [nameIn(id)] : [])))];
    announce(session, step, needs.length > 0 ? `waits for ${needs.join(", ")}` : "is about to start");
  }
}

function announceSkip(session: Session, environment: Environment, step: Step, failures: readonly StepFailure[]): void {
  if (step.kind !== "start") return;
  const failed = new Set(failures.map(({ step }) => ("service" in step ? step.service : step.kind)));
  const needs = findService(environment, step.service)?.dependencies.map((edge) => edge.service) ?? [];
  const culprits = needs.filter((name) => failed.has(name));
  announce(session, step, `waits for ${(culprits.length > 0 ? culprits : needs).join(", ")}`);
}

function announce(session: Session, step: Step & { kind: "start" }, reason: string): void {
  const { service, number } = step;
  const known = session.board.get(service, number);
  const blank = { id: "", addresses: [], provider: "", restarts: 0 };
  session.publish({
    kind: "instance",
    at: session.clock.now(),
    instance: { ...blank, ...known, service, number, state: "waiting", reason },
  });
}

/** The service in a step's id: `ready:mongo`, `start:api.2`. */
function nameIn(id: string): string {
  return id.slice(id.indexOf(":") + 1).replace(/\.\d+$/, "");
}

/** One failure speaks for itself; several are told together. A bug among them is thrown as it is. */
function failure(failures: readonly StepFailure[], session: Session): unknown {
  const bug = failures.find(({ error }) => !(error instanceof DevError));
  const [only] = failures;
  if (bug || (only && failures.length === 1)) return (bug ?? only)?.error;
  const named = failures.flatMap(({ step, error }) =>
    error instanceof DevError ? [{ name: "service" in step ? step.service : step.kind, error }] : [],
  );
  const running = session.board.all.filter((each) => each.state === "ready" || each.state === "done").length;
  return upFailed(named, running);
}

async function withTimeout<T>(
  { timeoutMs }: UpRequest,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (timeoutMs === undefined) return work(signal);
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    return await work(AbortSignal.any([signal, limit]));
  } catch (error) {
    throw limit.aborted && !signal.aborted ? timedOut("`dev up`", timeoutMs) : error;
  }
}
