import { type Environment, findService } from "@drydock/core";
import type { Container } from "../container.ts";
import type { EngineScope } from "../engine-scope.ts";
import { directAddress } from "../instance-addresses.ts";
import { serviceLabel } from "../labels.ts";
import { execProbe } from "./exec-probe.ts";
import type { Probe } from "./probe.ts";
import { runningProbe } from "./running-probe.ts";
import { type PortToProbe, tcpProbe } from "./tcp-probe.ts";

/** How to find out whether this container is ready: its health check (the Compose file's, else the image's), its first TCP port, or that it keeps running. */
export function chooseProbe(scope: EngineScope, container: Container, environment: Environment): Probe {
  if (container.healthCheck) return execProbe(scope.api, container, container.healthCheck);
  return choosePortProbe(scope, container, environment);
}

/** The same without the health check: cheap enough to be asked at every observation. */
export function choosePortProbe(scope: EngineScope, container: Container, environment: Environment): Probe {
  const { api, tracker, options } = scope;
  const target = portToProbe(container, environment);
  if (!target) return runningProbe(options.clock, container);
  const ip =
    container.networkMode === "host" && options.host.isDirect ? "127.0.0.1" : directAddress(container, tracker.reach());
  return tcpProbe(api, options.clock, container, { ...target, ip });
}

function portToProbe(container: Container, environment: Environment): Omit<PortToProbe, "ip"> | undefined {
  const service = findService(environment, container.labels[serviceLabel] ?? "");
  const named = service?.ports.find(({ protocol }) => protocol === "tcp")?.target ?? service?.expose[0];
  if (named !== undefined) return { port: named, certainty: "order" };
  const hinted = container.exposed.find(({ protocol }) => protocol === "tcp")?.port;
  return hinted === undefined ? undefined : { port: hinted, certainty: "hint" };
}
