import { DevError, type Instance, nearest } from "@drydock/core";
import { noSuchService } from "./errors.ts";
import { serviceState } from "./service-state.ts";
import type { Supervisor } from "./supervisor.ts";

/** What can be waited for. */
export const waitGoals = ["ready", "running", "done", "stopped", "unhealthy", "failed"] as const;
export type WaitGoal = (typeof waitGoals)[number];

/**
 * Waits until every named service has reached the goal; returns what each then was.
 * @throws DevError NO_SUCH_SERVICE, TIMED_OUT (exit 4), or WAIT_FAILED (exit 1) when one failed and will not get there
 */
export async function waitFor(
  supervisor: Supervisor,
  services: readonly string[],
  goal: WaitGoal,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const known = (await supervisor.status(signal)).services.map((service) => service.name);
  const unknown = services.find((name) => !known.includes(name));
  if (unknown !== undefined) throw noSuchService(unknown, known, nearest(unknown, known));

  const instances = new Map<string, Instance>();
  const states = () =>
    services.map((name) => ({
      name,
      ...serviceState({ instances: [...instances.values()].filter((each) => each.service === name) }),
    }));
  const reached = new AbortController();
  let failure: DevError | undefined;
  const look = () => {
    const now = states();
    const failed = goal === "failed" ? undefined : now.find((each) => each.state === "failed");
    if (failed) failure = waitFailed(failed.name, goal, failed.reason);
    if (failed || now.every((each) => isReached(each.state, goal))) reached.abort();
  };
  const limit = AbortSignal.timeout(timeoutMs);
  const request = { logs: false, services: [], replayLines: 0, usage: false };
  const take = (event: Parameters<Parameters<Supervisor["follow"]>[1]>[0]) => {
    if (event.kind === "instance") instances.set(`${event.instance.service}.${event.instance.number}`, event.instance);
    if (event.kind === "gone") instances.delete(`${event.service}.${event.number}`);
    if (event.kind === "instance" || event.kind === "gone") look();
  };
  await supervisor.follow(request, take, AbortSignal.any([signal, limit, reached.signal])).catch((error) => {
    if (!reached.signal.aborted && !limit.aborted) throw error;
  });
  signal.throwIfAborted();
  if (failure) throw failure;
  if (!reached.signal.aborted) throw stillWaiting(states(), goal, timeoutMs);
}

function isReached(state: Instance["state"], goal: WaitGoal): boolean {
  if (goal === "running") return ["starting", "ready", "unhealthy"].includes(state);
  if (goal === "ready") return state === "ready" || state === "done";
  return state === goal;
}

const waitFailed = (name: string, goal: WaitGoal, reason: string) =>
  new DevError("WAIT_FAILED", `${name} will not be ${goal}: it failed (${reason}).`, {
    hint: `See \`dev logs ${name}\`.`,
  });

const stillWaiting = (
  states: readonly { readonly name: string; readonly state: string; readonly reason: string }[],
  goal: WaitGoal,
  timeoutMs: number,
) =>
  new DevError("TIMED_OUT", `Not ${goal} after ${timeoutMs / 1000} s.`, {
    exitCode: 4,
    evidence: states.map(({ name, state, reason }) => `${name} is ${state}: ${reason}`),
    hint: "`--timeout SECONDS` waits longer.",
  });
