import { type Environment, type Explanation, findService, type HealthReport, instanceLabel } from "@drydock/core";
import type { Container } from "./container.ts";
import { exitReason } from "./describe-instance.ts";
import type { EngineScope } from "./engine-scope.ts";
import { instanceContainer } from "./find-container.ts";
import { lastLines } from "./last-lines.ts";
import { likelyCause } from "./likely-cause.ts";

const shownLines = 20;

/** Why an instance is as it is: its state, how it ended, what its health check said, and the end of its log. */
export async function explain(
  scope: EngineScope,
  service: string,
  number: number,
  environment: Environment,
  signal: AbortSignal,
): Promise<Explanation> {
  const container = await instanceContainer(scope, environment.project, service, number, signal);
  const label = instanceLabel(service, number, findService(environment, service)?.replicas ?? 1);
  if (!container) return { facts: [`${label} has no container: it was not made, or it was removed.`], lastLines: [] };
  const lines = await lastLines(scope.api, container, shownLines, signal);
  const { state, reason } = scope.tracker.describe(container, environment);
  const likely = state === "failed" || state === "unhealthy" ? likelyCause(service, container, lines) : undefined;
  const health = healthReport(container);
  return {
    facts: [`${label} is ${state}: ${reason}.`, ...(likely ? [`Likely: ${likely}`] : []), ...engineFacts(container)],
    ...(health ? { healthCheck: health } : {}),
    lastLines: lines,
  };
}

function engineFacts(container: Container): readonly string[] {
  const { status, startedAt, finishedAt, restartCount, restartPolicy, isOutOfMemory, name, image } = container;
  return [
    ...(isOutOfMemory ? ["The engine killed it because it took more memory than it may."] : []),
    ...(status !== "running" && finishedAt !== "" ? [`It ended at ${finishedAt} with ${exitReason(container)}.`] : []),
    ...(startedAt !== "" ? [`It was last started at ${startedAt}.`] : ["It was never started."]),
    ...(restartCount > 0 ? [`The engine has started it again ${restartCount} times.`] : []),
    `Its restart policy is "${restartPolicy}".`,
    `It is the container ${name} of the image ${image}.`,
  ];
}

function healthReport({ health, healthCheck }: Container): HealthReport | undefined {
  const last = health?.log.at(-1);
  if (!last || !healthCheck) return undefined;
  return {
    probe: healthCheck.command.join(" "),
    at: last.endedAt,
    isHealthy: last.exitCode === 0,
    output: last.output,
  };
}
