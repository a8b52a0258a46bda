import type { Engine, Environment, ExecCommand, ExecRequest } from "@drydock/core";
import { awaitReady } from "./await-ready.ts";
import { checkServices } from "./check-services.ts";
import { EngineRoom, labelOf } from "./engine-room.ts";
import { notRunning } from "./errors.ts";
import { readExecutables } from "./executables.ts";
import { explainInstance } from "./explain.ts";
import { findLeftovers, removeLeftover } from "./leftovers.ts";
import { withoutMarkers } from "./markers.ts";
import { observeStack } from "./observe.ts";
import type { LocalEngineOptions } from "./options.ts";
import { canReplace } from "./overlap/can-replace.ts";
import { replaceInstance } from "./overlap/replace-instance.ts";
import { prepareServices } from "./prepare.ts";
import { startInstance } from "./start.ts";
import { removeInstance, removeVolume, retireInstance, stopInstance } from "./stop.ts";
import { syncFiles } from "./sync-files.ts";
import { measureUsage } from "./usage.ts";

/**
 * The engine that needs nothing but Node: services are child processes in groups of their own, servers come from programs of
 * this machine. All of them end with this process, however it ends.
 */
export function createLocalEngine(options: LocalEngineOptions): Engine {
  const room = new EngineRoom(options);
  let directory = "";
  return {
    description: { kind: "local", name: "local engine", because: options.because },
    check: (step, environment) => checkServices(room, step, environment),
    observe: (environment) => observeStack(room, environment),
    async apply(step, context) {
      context.signal.throwIfAborted();
      switch (step.kind) {
        case "prepare":
          return prepareServices(room, step, context);
        case "start":
          return startInstance(room, step, context);
        case "ready":
          return awaitReady(room, step, context);
        case "replace":
          return replaceInstance(room, step, context);
        case "retire":
          return retireInstance(room, step, context);
        case "stop":
          return stopInstance(room, step, context);
        case "remove":
          return removeInstance(room, step);
        case "remove-volume":
          return removeVolume(room, step.name, context.environment);
        case "remove-network":
          return; // processes share the machine's network: there is none to remove
      }
    },
    canReplace: (service, environment) => canReplace(room, service, environment),
    async watch(_, emit, signal) {
      room.hub.watch(emit, signal);
    },
    usage: () => measureUsage(room),
    async exec(request, environment) {
      return execIn(room, request, environment);
    },
    sync: (service, files, { environment }) => syncFiles(room, environment, service, files),
    executables: async (service, number) => readExecutables(room.find(service, number)?.group),
    async explain(service, number, environment) {
      return explainInstance(room, environment, service, number);
    },
    hostAddresses: async () => [],
    findLeftovers(environment) {
      directory = environment.directory;
      return findLeftovers(room, environment);
    },
    removeLeftover: (leftover) => removeLeftover(directory, leftover),
    async close() {
      room.life.abort(new Error("closed"));
      const all = [...room.instances.values(), ...room.retiring];
      await Promise.allSettled([...all.map((each) => each.stop()), room.oldPorts.close()]);
      room.ports.close();
      await room.guardian.close();
    },
  };
}

/** The command in the instance's folder and environment, but not marked as ours: a person's shell outlives the session. */
function execIn(room: EngineRoom, request: ExecRequest, environment: Environment): ExecCommand {
  const process = room.find(request.service, request.number);
  if (!process?.isRunning) throw notRunning(labelOf(environment, request.service, request.number));
  const { launch } = process;
  return {
    command: request.command,
    directory: launch.directory,
    environment: { ...withoutMarkers(launch.environment), ...request.environment },
  };
}
