import { type Environment, type ServerKind, type Service, servers } from "@drydock/core";
import { providerMissing } from "../errors.ts";
import { findProgram } from "../find-program.ts";
import type { LocalEngineOptions } from "../options.ts";
import { findInstalled } from "./find-installed.ts";
import { installAdvice } from "./install-advice.ts";
import { findCachedMongod } from "./memory-server.ts";
import type { ChosenServer } from "./provider.ts";

/**
 * Chooses what runs a server's image: the program that the service names, one on PATH, a mongod that mongodb-memory-server has,
 * the embedded server; in this order. DRYDOCK_PROVIDERS=embedded leaves out the middle. @throws DevError PROVIDER_MISSING, with all that was tried
 */
export async function chooseServer(
  kind: ServerKind,
  service: Service,
  environment: Environment,
  options: LocalEngineOptions,
): Promise<ChosenServer> {
  const { programs, title } = servers[kind];
  const { variables } = options;
  // For whoever wants what a bare machine has, on one that has the programs.
  const isBare = variables.DRYDOCK_PROVIDERS === "embedded";
  const named = service.dev.provider ?? (isBare ? "embedded" : undefined);
  const embedded = options.embedded?.find((each) => each.kind === kind);
  const fail = (tried: readonly string[]) => providerMissing(service.name, title, tried, installAdvice(kind));
  if (named === "embedded") {
    if (!embedded) throw fail([`x-dev.provider is "embedded", but there is no embedded ${title}`]);
    return {
      name: embedded.name,
      because: isBare ? "DRYDOCK_PROVIDERS says so" : "x-dev.provider says so",
      program: embedded,
    };
  }
  if (named !== undefined) {
    const path = await findProgram(named, variables, environment.directory);
    if (path === undefined) throw fail([`x-dev.provider is ${named}, which is no program on this machine`]);
    return { name: named, because: "x-dev.provider says so", program: { kind: "binary", path } };
  }
  const installed = await findInstalled(kind, variables, environment.directory);
  if (installed) {
    const { program, path } = installed;
    return { name: `${program} on PATH`, because: `PATH has ${path}`, program: { kind: "binary", path } };
  }
  const tried = [`${programs.join(" and ")} on PATH: not found`];
  if (kind === "mongo") {
    const found = await findCachedMongod(variables);
    if ("path" in found)
      return {
        name: "mongod of mongodb-memory-server",
        because: found.because,
        program: { kind: "binary", path: found.path },
      };
    tried.push(`mongodb-memory-server: ${found.because}`);
  }
  if (!embedded) throw fail([...tried, `embedded ${title}: not part of this version`]);
  return { name: embedded.name, because: tried.join("; "), program: embedded };
}
