import { type ApplyContext, findService, type StopStep } from "@drydock/core";
import { updateRecord } from "./docker-state.ts";
import type { EngineScope } from "./engine-scope.ts";

// The engine's own default, for a container whose service the files no longer have (docker stop, --timeout).
const defaultGraceMs = 10_000;

/** Sends the stop signal that the container was made with, waits for the service's grace period, then kills. What is stopped or gone already is no error. */
export async function stop(scope: EngineScope, step: StopStep, context: ApplyContext): Promise<void> {
  const { api, tracker, options } = scope;
  const { environment, emit, signal } = context;
  const graceMs = findService(environment, step.service)?.stopGracePeriodMs ?? defaultGraceMs;
  // Written before the deed: a supervisor that is killed meanwhile must not report the end as a failure later.
  updateRecord(options.state, step.instance, { isStoppedByUs: true });
  await api.stop(step.instance, Math.ceil(graceMs / 1_000), signal);
  const stopped = await api.inspect(step.instance, signal);
  if (stopped) tracker.report(stopped, environment, emit);
}
