import type { ChainLink, Plan, Step } from "@drydock/core";

/** When a step began and ended, in milliseconds on one clock. */
export interface StepTime {
  readonly startedAt: number;
  readonly endedAt: number;
}

/**
 * What the plan waited for: from the step that ended last, back through the prerequisite of each that ended last.
 * The steps of one service are one link; links come in the order in which they ran.
 */
export function criticalChain(plan: Plan, times: ReadonlyMap<string, StepTime>): readonly ChainLink[] {
  const chain: Step[] = [];
  let step = latest(plan, times);
  while (step) {
    chain.unshift(step);
    const prerequisites = step.after;
    step = latest(
      plan.filter((each) => prerequisites.includes(each.id)),
      times,
    );
  }
  const links: { name: string; durationMs: number }[] = [];
  for (const each of chain) {
    const time = times.get(each.id);
    if (!time) continue;
    const name = "service" in each ? each.service : each.kind;
    const last = links.at(-1);
    const durationMs = time.endedAt - time.startedAt;
    if (last?.name === name) last.durationMs += durationMs;
    else links.push({ name, durationMs });
  }
  return links;
}

function latest(steps: Plan, times: ReadonlyMap<string, StepTime>): Step | undefined {
  const ended = (step: Step) => times.get(step.id)?.endedAt ?? Number.NEGATIVE_INFINITY;
  return steps.reduce<Step | undefined>((last, step) => (!last || ended(step) >= ended(last) ? step : last), undefined);
}
