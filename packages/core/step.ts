/**
 * One thing to do, and why. Made by the planner, carried out by an engine, which decides nothing.
 * `after` names the steps (by id) that must be done before.
 */
export type Step =
  | PrepareStep
  | StartStep
  | ReadyStep
  | ReplaceStep
  | RetireStep
  | StopStep
  | RemoveStep
  | RemoveNetworkStep
  | RemoveVolumeStep;

interface StepBase {
  readonly id: string;
  readonly because: string;
  readonly after: readonly string[];
}

/** Make what must exist before services start. docker: pull, build, `compose create`. local: providers, dependencies, ports. */
export interface PrepareStep extends StepBase {
  readonly kind: "prepare";
  readonly services: readonly string[];
  readonly build: boolean;
  readonly forceRecreate: boolean;
}

/** Start one instance that is prepared; done when it was started, not when it is ready. */
export interface StartStep extends StepBase {
  readonly kind: "start";
  readonly service: string;
  readonly number: number;
}

/** Wait until every instance of a service is ready, or, for a one-shot, done with exit 0. Fails with its evidence. */
export interface ReadyStep extends StepBase {
  readonly kind: "ready";
  readonly service: string;
  readonly goal: "ready" | "done";
}

/**
 * Start a second process beside one that runs, and let it take that one's place when it is ready; the one before goes on until it is retired. Where
 * the second fails, it is gone again, and the first stays in its place.
 */
export interface ReplaceStep extends StepBase {
  readonly kind: "replace";
  readonly service: string;
  readonly number: number;
}

/** Stop what had an instance's place before others took it, in the same way as a stop; whoever has it now goes on. */
export interface RetireStep extends StepBase {
  readonly kind: "retire";
  readonly service: string;
  readonly number: number;
}

/** Ask an instance to stop, wait for its grace period, then kill it. */
export interface StopStep extends StepBase {
  readonly kind: "stop";
  readonly service: string;
  readonly number: number;
  readonly instance: string;
}

/** Remove what is left of a stopped instance. */
export interface RemoveStep extends StepBase {
  readonly kind: "remove";
  readonly service: string;
  readonly number: number;
  readonly instance: string;
}

export interface RemoveNetworkStep extends StepBase {
  readonly kind: "remove-network";
  readonly name: string;
}

export interface RemoveVolumeStep extends StepBase {
  readonly kind: "remove-volume";
  readonly name: string;
}

export type Plan = readonly Step[];

/** What a step does, in words: `start api.2`, `remove network shop_default`. */
export function stepLabel(step: Step): string {
  switch (step.kind) {
    case "prepare":
      return `prepare ${step.services.join(", ")}`;
    case "start":
    case "replace":
    case "retire":
    case "stop":
    case "remove":
      return `${step.kind} ${step.service}.${step.number}`;
    case "ready":
      return step.goal === "done" ? `wait until ${step.service} is done` : `wait until ${step.service} is ready`;
    case "remove-network":
      return `remove network ${step.name}`;
    case "remove-volume":
      return `remove volume ${step.name}`;
  }
}

/** A plan as text, one step a line with its reason: what `--dry-run` prints and what tests compare. */
export function formatPlan(plan: Plan): string {
  if (plan.length === 0) return "nothing to do\n";
  return plan
    .map((step) => {
      const after = step.after.length === 0 ? "" : `  after ${step.after.join(", ")}`;
      return `${stepLabel(step)}  (${step.because})${after}\n`;
    })
    .join("");
}
