import { type HostPort, type Service, servers } from "@drydock/core";
import { mongoUsersUnsupported } from "../errors.ts";
import { mapPathsInText } from "../map-paths.ts";
import type { DatabasePort } from "../options.ts";
import { listeningFirst } from "../probes/listening-first.ts";
import type { Probe } from "../probes/probe.ts";
import type { ServerLaunch, ServerRequest } from "./provider.ts";
import { flagValue, serverArguments, withoutFlags } from "./server-arguments.ts";

const port = 27017;

/** Starts a mongod in the service's volume, on its address; makes the replica set that the Compose file means. */
export function planMongo(request: ServerRequest, databases: DatabasePort): ServerLaunch {
  const { blueprint, chosen, own } = request;
  const { service, mappings } = blueprint;
  if (asksForUsers(service) && chosen.program.kind === "binary") throw mongoUsersUnsupported(service.name);
  const address = own.get(port) ?? [...own.values()][0] ?? { host: "127.0.0.1", port };
  const words = serverArguments(service, servers.mongo.programs).map((word) => mapPathsInText(word, mappings));
  const name = replicaSetName(request, words);
  const dataDirectory = request.dataDirectory("/data/db");
  const passed = withoutFlags(
    words,
    ["port", "dbpath", "bind_ip", "replSet", "logpath", "pidfilepath"],
    ["bind_ip_all", "fork", "ipv6"],
  );
  const probe = mongoProbe(address, name, databases);
  const replication = name === undefined ? [] : ["--replSet", name];
  const served = ["--dbpath", dataDirectory, "--bind_ip", address.host, "--port", String(address.port)];
  return {
    words:
      chosen.program.kind === "binary"
        ? [chosen.program.path, ...served, ...replication, ...passed]
        : chosen.program.command({
            address,
            dataDirectory,
            arguments: passed,
            ...(name === undefined ? {} : { replicaSet: name }),
          }),
    // An embedded one is its set's primary from the start.
    probe: chosen.program.kind === "binary" ? probe : listeningFirst(address, probe, request.isOwnPort),
    notices: [],
  };
}

/** The image makes a user from these (mongo's image documentation, MONGO_INITDB_ROOT_USERNAME); a mongod by itself does not. */
export function asksForUsers(service: Service): boolean {
  return Object.keys(service.environment).some((name) => name.startsWith("MONGO_INITDB_ROOT_"));
}

/** `--replSet` of the command, or the name with which the health check initiates one. */
function replicaSetName({ blueprint: { service } }: ServerRequest, words: readonly string[]): string | undefined {
  const named = flagValue(words, "replSet");
  const check = service.healthCheck?.test.join(" ") ?? "";
  if (named !== undefined || !/rs\.initiate|replSetInitiate/.test(check)) return named;
  return /_id['"]?\s*:\s*['"]([\w-]+)['"]/.exec(check)?.[1] ?? "rs0";
}

/** Ready when it answers, or is the primary of its replica set; one that has no configuration, or another address's, gets it. */
function mongoProbe(address: HostPort, name: string | undefined, databases: DatabasePort): Probe {
  const expects = { isPrimary: name !== undefined };
  return {
    label:
      name === undefined
        ? `ping ${address.host}:${address.port}`
        : `primary of ${name} at ${address.host}:${address.port}`,
    async check(signal) {
      const answer = await databases.probeMongo(address, expects, signal);
      if (answer.isReady || !answer.isReachable || name === undefined) return answer;
      try {
        await databases.initiateReplicaSet(address, name, signal);
      } catch (error) {
        signal.throwIfAborted();
        return { isReady: false, detail: error instanceof Error ? error.message : String(error) };
      }
      return databases.probeMongo(address, expects, signal);
    },
  };
}
