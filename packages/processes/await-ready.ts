import { type ApplyContext, findService, type Instance, type ReadyStep, tellingLines } from "@drydock/core";
import { type EngineRoom, labelOf } from "./engine-room.ts";
import { notReady, notRunning } from "./errors.ts";
import { numbersOf } from "./host-targets.ts";
import type { InstanceProcess } from "./instance-process.ts";
import { likelyCause } from "./likely-cause.ts";

// A service that its policy restarts gets this many chances before `up` says that it does not work; its policy goes on after that.
const chances = 3;
// A cause may lie well before the end of a log, above a long stack.
const readLines = 200;
const shownLines = 10;

/** Waits until every instance of a service has reached the goal. @throws DevError NOT_READY with evidence, NOT_RUNNING */
export async function awaitReady(room: EngineRoom, step: ReadyStep, context: ApplyContext): Promise<void> {
  const { environment, signal } = context;
  const service = findService(environment, step.service);
  if (!service) throw notRunning(step.service);
  const numbers = numbersOf(service);
  await Promise.all(
    numbers.map(async (number) => {
      const label = labelOf(environment, step.service, number);
      const process = room.find(step.service, number);
      if (process) return awaitOne(room, process, step.goal, label, signal);
      const isDone = room.record.done.some((each) => each.service === step.service && each.number === number);
      if (!isDone) throw notRunning(label);
    }),
  );
}

async function awaitOne(
  room: EngineRoom,
  process: InstanceProcess,
  goal: ReadyStep["goal"],
  label: string,
  signal: AbortSignal,
) {
  const since = room.options.clock.now();
  const failure = await process.until((instance) => judge(instance, process, goal), signal);
  if (failure === "reached") return;
  const lines = process.recent.last(readLines);
  const shown = tellingLines(lines).slice(-shownLines);
  const seconds = ((room.options.clock.now() - since) / 1000).toFixed(1);
  const times = process.exits.length > 1 ? `, ${process.exits.length} times in ${seconds} s` : "";
  throw notReady(label, `${failure}${times}`, shown, await likelyCause(process, lines));
}

/** `reached`, why it never will be, or undefined while that is open. */
function judge(instance: Instance, process: InstanceProcess, goal: ReadyStep["goal"]): string | undefined {
  switch (instance.state) {
    case "done":
      return "reached";
    case "ready":
      return goal === "ready" ? "reached" : undefined;
    case "failed":
      return wording(instance);
    case "restarting":
      return process.exits.length >= chances ? wording(instance) : undefined;
    case "unhealthy":
      return `it runs, but its check fails: ${instance.reason}`;
    case "stopped":
      return "it was stopped";
    default:
      return undefined;
  }
}

function wording({ exitCode, reason }: Instance): string {
  if (exitCode === undefined) return reason;
  return reason.startsWith("killed") ? `it was ${reason.split(",")[0]}` : `it exited with code ${exitCode}`;
}
