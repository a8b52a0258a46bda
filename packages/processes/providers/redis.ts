import { servers } from "@drydock/core";
import { mapPathsInText } from "../map-paths.ts";
import type { DatabasePort } from "../options.ts";
import { listeningFirst } from "../probes/listening-first.ts";
import type { Probe } from "../probes/probe.ts";
import type { ServerLaunch, ServerRequest } from "./provider.ts";
import { serverArguments, withoutFlags } from "./server-arguments.ts";

const port = 6379;

/** Starts a Redis server in the service's volume, on its address; the flags of its command are passed on. */
export function planRedis(request: ServerRequest, databases: DatabasePort): ServerLaunch {
  const { blueprint, chosen, own } = request;
  const { service, mappings } = blueprint;
  const address = own.get(port) ?? [...own.values()][0] ?? { host: "127.0.0.1", port };
  const words = serverArguments(service, servers.redis.programs).map((word) => mapPathsInText(word, mappings));
  const passed = withoutFlags(words, ["port", "bind", "dir", "daemonize", "unixsocket", "pidfile", "logfile"], []);
  const dataDirectory = request.dataDirectory("/data");
  // Later settings win in Redis's command line, and a configuration file comes first (redis.io, "Redis configuration").
  const served = ["--port", String(address.port), "--bind", address.host, "--dir", dataDirectory, "--daemonize", "no"];
  const probe: Probe = {
    label: `PING ${address.host}:${address.port}`,
    check: (signal) => databases.probeRedis(address, signal),
  };
  return {
    words:
      chosen.program.kind === "binary"
        ? [chosen.program.path, ...passed, ...served]
        : chosen.program.command({ address, dataDirectory, arguments: passed }),
    probe: chosen.program.kind === "binary" ? probe : listeningFirst(address, probe, request.isOwnPort),
    notices: [],
  };
}
