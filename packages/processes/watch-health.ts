import type { Clock, HealthReport } from "@drydock/core";
import type { ProbeAnswer } from "./options.ts";
import type { Probe } from "./probes/probe.ts";

/** How one instance shows that it works. */
export interface HealthPlan {
  /** Undefined: it is ready when it has run for a second. */
  readonly probe?: Probe;
  /** Cheap to ask, and the probe is not worth running before it says yes (for at most two seconds): a connection to its port. */
  readonly gate?: Probe;
  /** Each check starts a process: while it succeeds, it is asked less often than its interval if it is expensive. */
  readonly isCostly?: boolean;
  /** Between checks once it was ready. */
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** Failures in a row after which a ready instance is unhealthy. */
  readonly retries: number;
  /** How long it may take to become ready before it counts as unhealthy. */
  readonly patienceMs: number;
}

/** Where what was observed goes. */
export interface HealthReader {
  onReady(reason: string): void;
  /** It was never ready, and this is what its check says now; not before it has had a while. */
  onNotYet(reason: string): void;
  onUnhealthy(reason: string): void;
  onReport(report: HealthReport): void;
}

// Who is ready sooner needs no explanation.
const silentMs = 2_000;

// Between questions passes a share of what was waited already: whoever is ready is seen at most so much later, and who takes
// long is not asked all the time. A check that starts a process takes time from what it waits for, so it is asked more seldom.
const cheapShare = 0.05;
const costlyShare = 0.15;
const shortestDelayMs = 20;
const longestDelayMs = 1_000;
const gateMs = 2_000;
// A check that starts a process takes at most a 500th of one processor while all is well: 60 ms of Node every 30 s.
const restPerCost = 500;
const longestRestMs = 60_000;

/**
 * Asks at once and often until the instance is ready, then at its interval, and tells each change. Ends only with the
 * signal, and then quietly.
 */
export async function watchHealth(
  plan: HealthPlan,
  reader: HealthReader,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (!plan.probe) {
      await clock.sleep(1_000, signal);
      return reader.onReady("it runs");
    }
    if (plan.gate) await passGate(plan.gate, clock, signal);
    const first = await untilReady(plan, plan.probe, reader, clock, signal);
    await keepAsking(plan, plan.probe, reader, clock, signal, first);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function passGate(gate: Probe, clock: Clock, signal: AbortSignal): Promise<void> {
  const start = clock.now();
  while (!(await gate.check(signal)).isReady && clock.now() - start < gateMs) {
    await clock.sleep(delayMs(clock.now() - start, cheapShare), signal);
  }
}

async function untilReady(
  plan: HealthPlan,
  probe: Probe,
  reader: HealthReader,
  clock: Clock,
  signal: AbortSignal,
): Promise<Asked> {
  const start = clock.now();
  let isOverdue = false;
  for (;;) {
    const asked = await ask(plan, probe, reader, clock, signal);
    if (asked.isReady) {
      reader.onReady(asked.detail);
      return asked;
    }
    const waitedMs = clock.now() - start;
    if (!isOverdue && waitedMs >= plan.patienceMs) {
      isOverdue = true;
      reader.onUnhealthy(asked.detail);
    } else if (!isOverdue && waitedMs >= silentMs) reader.onNotYet(asked.detail);
    await clock.sleep(delayMs(waitedMs, plan.isCostly ? costlyShare : cheapShare), signal);
  }
}

async function keepAsking(
  plan: HealthPlan,
  probe: Probe,
  reader: HealthReader,
  clock: Clock,
  signal: AbortSignal,
  first: Asked,
): Promise<void> {
  let failures = 0;
  let dueAt = clock.now() + restMs(plan, first);
  for (;;) {
    await clock.sleep(plan.intervalMs, signal);
    // An expensive check rests longer than its interval while it succeeds and the port, asked in its place, still answers.
    if (clock.now() < dueAt && (await passes(plan.gate, signal))) continue;
    const asked = await ask(plan, probe, reader, clock, signal);
    dueAt = asked.isReady ? clock.now() + restMs(plan, asked) : 0;
    if (asked.isReady && failures >= plan.retries) reader.onReady(asked.detail);
    failures = asked.isReady ? 0 : failures + 1;
    if (failures === plan.retries) reader.onUnhealthy(asked.detail);
  }
}

async function passes(gate: Probe | undefined, signal: AbortSignal): Promise<boolean> {
  return gate === undefined || (await gate.check(signal)).isReady;
}

function restMs(plan: HealthPlan, { costMs }: Asked): number {
  return plan.isCostly ? Math.min(costMs * restPerCost, longestRestMs) : 0;
}

/** An answer and how long it took. */
interface Asked extends ProbeAnswer {
  readonly costMs: number;
}

async function ask(
  plan: HealthPlan,
  probe: Probe,
  reader: HealthReader,
  clock: Clock,
  signal: AbortSignal,
): Promise<Asked> {
  signal.throwIfAborted();
  const start = clock.now();
  const question = new AbortController();
  const onAbort = () => question.abort(signal.reason);
  const limit = setTimeout(() => question.abort(new Error("too late")), plan.timeoutMs);
  signal.addEventListener("abort", onAbort, { once: true });
  const answer = await probe.check(question.signal).catch((error: unknown): ProbeAnswer => {
    if (question.signal.aborted) return { isReady: false, detail: `no answer within ${plan.timeoutMs / 1000} s` };
    return { isReady: false, detail: error instanceof Error ? error.message : String(error) };
  });
  clearTimeout(limit);
  signal.removeEventListener("abort", onAbort);
  signal.throwIfAborted();
  reader.onReport({ probe: probe.label, at: clock.now(), isHealthy: answer.isReady, output: answer.detail });
  return { ...answer, costMs: clock.now() - start };
}

function delayMs(waitedMs: number, share: number): number {
  return Math.min(Math.max(waitedMs * share, shortestDelayMs), longestDelayMs);
}
