import { type ApplyContext, findService, instanceLabel, type StartStep } from "@drydock/core";
import type { Container } from "./container.ts";
import { updateRecord } from "./docker-state.ts";
import { EngineFailure } from "./engine-api.ts";
import type { EngineScope } from "./engine-scope.ts";
import { notPrepared, portTaken, startFailed } from "./errors.ts";
import { instanceContainer } from "./find-container.ts";
import { prepare } from "./prepare.ts";

/** How the engine says that a host port is not to be had: its own allocator, and the operating system. */
const portRefused =
  /port is already allocated|address already in use|failed to bind (?:host )?port|ports are not available/i;

/**
 * Starts a container. A port that was taken between `prepare` and now is moved, once.
 * @throws DevError NOT_PREPARED, START_FAILED, PORT_TAKEN, and what `prepare` throws
 */
export async function start(scope: EngineScope, step: StartStep, context: ApplyContext): Promise<void> {
  const container = await containerOf(scope, step, context);
  try {
    await startContainer(scope, container, context);
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    if (!portRefused.test(error.message)) throw startFailed(labelOf(step, context), error.message);
    await startElsewhere(scope, step, context, error.message);
  }
}

async function startContainer(
  { api, tracker, options }: EngineScope,
  container: Container,
  context: ApplyContext,
): Promise<void> {
  const { environment, emit, signal } = context;
  if (container.status === "paused") await api.unpause(container.id, signal);
  else await api.start(container.id, signal);
  updateRecord(options.state, container.id, { isStoppedByUs: false });
  const started = await api.inspect(container.id, signal);
  if (started) tracker.report(started, environment, emit);
}

/** Prepares the service again with another port in place of the one that the engine could not take, and starts what that made. */
async function startElsewhere(scope: EngineScope, step: StartStep, context: ApplyContext, said: string): Promise<void> {
  const port = refusedPort(said);
  const again = {
    after: [],
    because: "its port is taken",
    services: [step.service],
    build: false,
    forceRecreate: false,
  };
  await prepare(scope, { kind: "prepare", id: `${step.id}:port`, ...again }, context, new Set([port]));
  try {
    await startContainer(scope, await containerOf(scope, step, context), context);
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    if (!portRefused.test(error.message)) throw startFailed(labelOf(step, context), error.message);
    throw portTaken(refusedPort(error.message), step.service, "somebody who came in between", "lost");
  }
}

/** `Bind for 0.0.0.0:8080 failed: port is already allocated`, `failed to bind host port for 0.0.0.0:8080:172.18.0.2:80/tcp`, `listen tcp4 [::]:8080: bind: ...`; 0 where none is named. */
export function refusedPort(said: string): number {
  return Number(/(?:\d+\.\d+\.\d+\.\d+|\]|::):(\d+)/.exec(said)?.[1] ?? 0);
}

async function containerOf(scope: EngineScope, step: StartStep, context: ApplyContext): Promise<Container> {
  const { environment, signal } = context;
  const found = await instanceContainer(scope, environment.project, step.service, step.number, signal);
  if (!found) throw notPrepared(labelOf(step, context));
  return found;
}

function labelOf({ service, number }: StartStep, { environment }: ApplyContext): string {
  return instanceLabel(service, number, findService(environment, service)?.replicas ?? 1);
}
