import type { Environment, Explanation } from "@drydock/core";
import { type EngineRoom, labelOf } from "./engine-room.ts";
import { notRunning } from "./errors.ts";
import type { InstanceProcess } from "./instance-process.ts";

const lastLines = 20;

/** Why an instance is as it is. @throws DevError NOT_RUNNING when nothing is known of it */
export function explainInstance(
  room: EngineRoom,
  environment: Environment,
  service: string,
  number: number,
): Explanation {
  const process = room.find(service, number);
  const label = labelOf(environment, service, number);
  if (process) {
    return {
      facts: facts(label, process),
      ...(process.lastHealth ? { healthCheck: process.lastHealth } : {}),
      lastLines: process.recent.last(lastLines),
    };
  }
  const done = room.record.done.find((each) => each.service === service && each.number === number);
  if (!done) throw notRunning(label);
  const at = new Date(done.startedAt).toISOString();
  return { facts: [`${label} was done at ${at} and its definition has not changed since.`], lastLines: [] };
}

function facts(label: string, { instance, launch, exits }: InstanceProcess): readonly string[] {
  const { state, reason, startedAt, restarts, addresses, id, provider } = instance;
  return [
    `${label} is ${state}: ${reason}.`,
    ...(exits.length > 0
      ? [`It ended ${exits.length} times since it was started: ${exits.slice(-5).join(", ")}.`]
      : []),
    ...(restarts > 0 ? [`Its restart policy started it again ${restarts} times.`] : []),
    `It is run by ${provider === "process" ? "a process" : provider}: ${launch.because}.`,
    `Command: ${launch.command.join(" ")}`,
    `Folder: ${launch.directory}`,
    ...(id === ""
      ? []
      : [`Process group ${id}${startedAt === undefined ? "" : `, since ${new Date(startedAt).toISOString()}`}.`]),
    ...addresses.map(({ target, host, port }) => `Its port ${target} is ${host}:${port} on this machine.`),
  ];
}
