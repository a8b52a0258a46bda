import { type Emit, type Engine, type Environment, type Leftover, type Observed, stepLabel } from "@drydock/core";
import { planDown } from "@drydock/planner";
import { forgetKept, sparedVolumes } from "./data/snapshot/own-volume.ts";
import { leftBehind } from "./errors.ts";
import { execute } from "./execute.ts";
import type { Session } from "./session.ts";
import type { DownRequest, DownResult } from "./supervisor.ts";

/**
 * Stops and removes everything of the project, then looks again: what a crash had left is cleaned up and named, and what
 * cannot be removed is an error. The session must have a stack.
 * @throws DevError LEFT_BEHIND, or the error of the one step that failed
 */
export async function down(
  session: Session,
  request: DownRequest,
  emit: Emit,
  signal: AbortSignal,
): Promise<DownResult> {
  const unsubscribe = session.hub.subscribe((event) => {
    if (event.kind !== "log" && event.kind !== "usage") emit(event);
  });
  try {
    return await session.exclusively(() => takeDown(session, request, signal));
  } finally {
    unsubscribe();
  }
}

async function takeDown(session: Session, request: DownRequest, signal: AbortSignal): Promise<DownResult> {
  const startedAt = session.clock.now();
  const { environment, engine } = session.stack;
  const spared = await sparedVolumes(session);
  const plan = planDown(environment, await session.observe(signal), { ...request, spared });
  session.publish({ kind: "plan", at: session.clock.now(), plan });
  const took = () => session.clock.now() - startedAt;
  if (request.dryRun) return { plan, cleaned: [], durationMs: took() };

  if (request.volumes && spared.length === 0) await forgetKept(session);
  const { failures } = await execute(plan, engine, { environment, emit: session.publish, signal }, session.clock);
  const cleaned = await clean(engine, environment, signal);
  const rest = remaining(await session.observe(signal), environment, request, spared);
  if (rest.length > 0)
    throw leftBehind([...rest, ...failures.map(({ step, error }) => `${stepLabel(step)}: ${error}`)]);
  return { plan, cleaned: cleaned.map((leftover) => leftover.label), durationMs: took() };
}

async function clean(engine: Engine, environment: Environment, signal: AbortSignal): Promise<readonly Leftover[]> {
  const leftovers = await engine.findLeftovers(environment, signal);
  await Promise.all(leftovers.map((leftover) => engine.removeLeftover(leftover, signal)));
  return leftovers;
}

function remaining(
  observed: Observed,
  environment: Environment,
  request: DownRequest,
  spared: readonly string[],
): readonly string[] {
  const isOurs = (resources: Environment["networks"], name: string) =>
    !resources.some((each) => each.engineName === name && each.isExternal);
  return [
    ...observed.instances.map((each) => `${each.service}.${each.number} (${each.id.slice(0, 12)}) is ${each.state}`),
    ...observed.networks.filter((name) => isOurs(environment.networks, name)).map((name) => `network ${name}`),
    ...observed.volumes
      .filter((name) => request.volumes && !spared.includes(name) && isOurs(environment.volumes, name))
      .map((name) => `volume ${name}`),
  ];
}
