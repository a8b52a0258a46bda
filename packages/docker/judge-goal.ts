import type { Environment, ReadyStep } from "@drydock/core";
import type { Container } from "./container.ts";
import { exitReason, mayEndWell } from "./describe-instance.ts";

/** What the wait for one instance knows. */
export interface GoalContext {
  readonly step: ReadyStep;
  readonly environment: Environment;
  /** The exit codes with which it has ended while it was waited for. */
  readonly exits: readonly number[];
  /** For how long it has been waited for. */
  readonly forMs: number;
}

export type GoalVerdict =
  | { readonly kind: "reached" }
  | { readonly kind: "waiting" }
  /** `what` ends the sentence "it ...". */
  | { readonly kind: "failed"; readonly what: string };

// What the engine starts again may have met a dependency that was not there yet; three times in a row is no accident.
const maxExits = 3;

/** Decides whether an instance is where it should be, can still get there, or cannot. */
export function judgeGoal(container: Container, context: GoalContext): GoalVerdict {
  const { step, environment, exits, forMs } = context;
  const often = exits.length > 1 ? `, ${exits.length} times in ${(forMs / 1_000).toFixed(0)} s` : "";
  const failed = (what: string): GoalVerdict => ({ kind: "failed", what });
  switch (container.status) {
    case "running":
      if (exits.length >= maxExits) return failed(`ended with exit ${exits.at(-1)}${often}`);
      if (step.goal === "done") return { kind: "waiting" };
      if (container.health?.status === "healthy") return { kind: "reached" };
      if (container.health?.status === "unhealthy") return failed(unhealthy(container));
      return { kind: "waiting" };
    case "exited": {
      const mayEnd = step.goal === "done" || mayEndWell(container, step.service, environment);
      if (container.exitCode === 0 && mayEnd) return { kind: "reached" };
      return failed(`ended with ${exitReason(container)}${often}`);
    }
    case "restarting":
      return exits.length >= maxExits ? failed(`ended with ${exitReason(container)}${often}`) : { kind: "waiting" };
    case "dead":
    case "removing":
      return failed("was removed meanwhile");
    case "created":
      return container.error === "" ? { kind: "waiting" } : failed(`could not be started: ${container.error}`);
    case "paused":
      return { kind: "waiting" };
  }
}

function unhealthy({ health, healthCheck }: Container): string {
  const last = health?.log.at(-1);
  const said = last?.output.split("\n").at(-1)?.slice(0, 200) || `exit ${last?.exitCode ?? "unknown"}`;
  const check = healthCheck ? ` (${healthCheck.command.join(" ").slice(0, 120)})` : "";
  return `is unhealthy: its health check${check} failed ${health?.failingStreak ?? 0} times, last with: ${said}`;
}
