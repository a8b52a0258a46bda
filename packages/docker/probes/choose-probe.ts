import { type Environment, findService, serverOfImage, servers } from "@drydock/core";
import type { Container } from "../container.ts";
import type { EngineScope } from "../engine-scope.ts";
import { directAddress } from "../instance-addresses.ts";
import { serviceLabel } from "../labels.ts";
import { execProbe, type Listening } from "./exec-probe.ts";
import { listenersOf } from "./host-sockets.ts";
import { asksOnlyForPrimary } from "./mongo-check.ts";
import type { Probe } from "./probe.ts";
import { runningProbe } from "./running-probe.ts";
import { type PortToProbe, tcpProbe } from "./tcp-probe.ts";
import { tryConnect } from "./try-connect.ts";

// A server that names its port is not worth asking before it opens; a health check need not be about the port, so no longer.
const namedPortPatienceMs = 1_500;
// Where no port is named, anything that listens will do as a sign, and nothing may ever listen.
const anyPortPatienceMs = 1_000;
const [mongoPort = 0] = servers.mongo.ports;
// The only member of a set elects itself as soon as it has read its configuration.
const electionMs = 1_000;
const electionPauseMs = 25;

/** How to find out whether this container is ready: its health check (the Compose file's, else the image's), its first TCP port, or that it keeps running. */
export function chooseProbe(scope: EngineScope, container: Container, environment: Environment): Probe {
  const { healthCheck } = container;
  if (!healthCheck) return choosePortProbe(scope, container, environment);
  const listening = listeningOf(scope, container, environment);
  const sooner = primaryQuestion(scope, container, healthCheck.command);
  return execProbe(scope.api, scope.options.clock, container, healthCheck, {
    ...listening,
    ...(sooner ? { sooner } : {}),
  });
}

/** A mongod whose check wants to know whether it is the primary is asked by us, where we reach it. */
function primaryQuestion(scope: EngineScope, container: Container, check: readonly string[]): Listening["sooner"] {
  const { memberState, clock } = scope.options;
  const host = addressOf(scope, container);
  if (!memberState || host === undefined || serverOfImage(container.image) !== "mongo" || !asksOnlyForPrimary(check))
    return undefined;
  const address = { host, port: mongoPort };
  return async (signal) => {
    for (const end = clock.now() + electionMs; ; await clock.sleep(electionPauseMs, signal)) {
      const state = await memberState(address, signal);
      if (state === "primary") return "it takes writes";
      if (state === "other" || clock.now() > end) return undefined;
    }
  };
}

function listeningOf(scope: EngineScope, container: Container, environment: Environment): Listening {
  const port = portToProbe(container, environment)?.port;
  const ip = addressOf(scope, container);
  if (port !== undefined && ip !== undefined)
    return { patienceMs: namedPortPatienceMs, isOpen: async () => (await tryConnect(ip, port)) === "open" };
  const isOpen = async () => (await listenersOf(container))?.some(({ isLoopback }) => !isLoopback);
  return { patienceMs: anyPortPatienceMs, isOpen };
}

/** The same without the health check: cheap enough to be asked at every observation. */
export function choosePortProbe(scope: EngineScope, container: Container, environment: Environment): Probe {
  const { api, options } = scope;
  const target = portToProbe(container, environment);
  if (!target) return runningProbe(options.clock, container);
  return tcpProbe(api, options.clock, container, { ...target, ip: addressOf(scope, container) });
}

function addressOf({ tracker, options }: EngineScope, container: Container): string | undefined {
  if (container.networkMode === "host" && options.host.isDirect) return "127.0.0.1";
  return directAddress(container, tracker.reach());
}

function portToProbe(container: Container, environment: Environment): Omit<PortToProbe, "ip"> | undefined {
  const service = findService(environment, container.labels[serviceLabel] ?? "");
  const named = service?.ports.find(({ protocol }) => protocol === "tcp")?.target ?? service?.expose[0];
  if (named !== undefined) return { port: named, certainty: "order" };
  const hinted = container.exposed.find(({ protocol }) => protocol === "tcp")?.port;
  return hinted === undefined ? undefined : { port: hinted, certainty: "hint" };
}
