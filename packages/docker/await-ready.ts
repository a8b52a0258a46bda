import {
  type ApplyContext,
  type DevError,
  findService,
  instanceLabel,
  type ReadyStep,
  tellingLines,
} from "@drydock/core";
import type { Container } from "./container.ts";
import type { EngineScope } from "./engine-scope.ts";
import { notDone, notPrepared, notReady } from "./errors.ts";
import { FeedInbox } from "./feed-inbox.ts";
import { serviceContainers } from "./find-container.ts";
import { judgeGoal } from "./judge-goal.ts";
import { numberLabel } from "./labels.ts";
import { lastLines } from "./last-lines.ts";
import { likelyCause } from "./likely-cause.ts";
import { chooseProbe } from "./probes/choose-probe.ts";
import type { ProbeAnswer } from "./probes/probe.ts";

// A stack trace is longer than what is shown of it.
const readLines = 50;
const shownLines = 10;

/**
 * Waits until every instance of a service is ready, or done. Our own probe and the engine's events are heard at the same time;
 * whichever says it first counts. The first instance that cannot get there ends the wait for all.
 * @throws DevError NOT_READY, NOT_DONE, NOT_PREPARED, with the end of the log
 */
export async function awaitReady(scope: EngineScope, step: ReadyStep, context: ApplyContext): Promise<void> {
  const { environment, signal } = context;
  const containers = await serviceContainers(scope, environment.project, step.service, signal);
  const replicas = findService(environment, step.service)?.replicas ?? containers.length;
  const wanted = containers.filter(({ labels }) => Number(labels[numberLabel]) <= replicas);
  if (wanted.length === 0) throw notPrepared(step.service);
  const others = new AbortController();
  const inner = { ...context, signal: AbortSignal.any([signal, others.signal]) };
  try {
    await Promise.all(wanted.map((container) => awaitInstance(scope, step, container.id, inner)));
  } finally {
    others.abort();
  }
}

async function awaitInstance(scope: EngineScope, step: ReadyStep, id: string, context: ApplyContext): Promise<void> {
  const { environment, emit, signal } = context;
  const begunAt = scope.options.clock.now();
  const inbox = await FeedInbox.open(scope.feed, id);
  const ending = abortion(signal);
  const exits: number[] = [];
  let probing: Probing | undefined;
  try {
    for (;;) {
      const container = await scope.api.inspect(id, signal);
      if (!container) throw notPrepared(step.service);
      scope.tracker.report(container, environment, emit);
      const forMs = scope.options.clock.now() - begunAt;
      const verdict = judgeGoal(container, { step, exits, environment, forMs });
      if (verdict.kind === "reached") return;
      if (verdict.kind === "failed") throw await failure(scope, step, container, verdict.what, context);

      if (step.goal === "ready" && container.status === "running" && probing?.run !== container.startedAt) {
        probing?.end();
        probing = startProbing(scope, container, context);
      }
      const news = await Promise.race([inbox.next(), ending.promise, ...(probing ? [probing.answer] : [])]);
      if ("verdict" in news) {
        if (news.verdict === "never") throw await failure(scope, step, container, news.reason, context);
        scope.tracker.learnReady(container, news.reason);
        scope.tracker.report(container, environment, emit);
        return;
      }
      inbox.taken();
      if (news.action === "die") exits.push(news.exitCode ?? 0);
    }
  } finally {
    ending.end();
    probing?.end();
    inbox.close();
  }
}

/** A promise that rejects when the signal is aborted; ended, it lets go of the signal. */
function abortion(signal: AbortSignal): { readonly promise: Promise<never>; readonly end: () => void } {
  let end: () => void = () => undefined;
  const promise = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    end = () => signal.removeEventListener("abort", onAbort);
  });
  promise.catch(() => undefined);
  return { promise, end };
}

interface Probing {
  /** Which run of the container is probed. */
  readonly run: string;
  /** Settles with the first answer other than "no"; never, when it is ended first. */
  readonly answer: Promise<ProbeAnswer>;
  readonly end: () => void;
}

function startProbing(scope: EngineScope, container: Container, context: ApplyContext): Probing {
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const ask = async (): Promise<ProbeAnswer> => {
    const probe = chooseProbe(scope, container, context.environment);
    for (let pauseMs = probe.firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, probe.lastPauseMs)) {
      const answer = await probe.ask(signal);
      if (answer.verdict !== "no") return answer;
      scope.tracker.learnWaiting(container, answer.reason);
      scope.tracker.report(container, context.environment, context.emit);
      await scope.options.clock.sleep(pauseMs, signal);
    }
  };
  const answer = ask().catch((error: unknown): Promise<ProbeAnswer> | ProbeAnswer => {
    // Ended on purpose: whoever ended it does not wait for an answer any more.
    if (signal.aborted) return new Promise(() => undefined);
    return {
      verdict: "never",
      reason: `could not be probed: ${error instanceof Error ? error.message : String(error)}`,
    };
  });
  return { run: container.startedAt, answer, end: () => stop.abort() };
}

async function failure(
  scope: EngineScope,
  step: ReadyStep,
  container: Container,
  what: string,
  { environment, signal }: ApplyContext,
): Promise<DevError> {
  const lines = await lastLines(scope.api, container, readLines, signal);
  const replicas = findService(environment, step.service)?.replicas ?? 1;
  const label = instanceLabel(step.service, Number(container.labels[numberLabel]), replicas);
  const build = step.goal === "done" ? notDone : notReady;
  return build(label, what, tellingLines(lines).slice(-shownLines), likelyCause(step.service, container, lines));
}
