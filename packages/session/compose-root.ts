import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type Engine, systemClock } from "@drydock/core";
import type { DockerAbsence, FoundDocker } from "@drydock/docker";
import { giveCheckoutName } from "./checkout-name.ts";
import { isInDevContainer } from "./dev-container/inside.ts";
import type { EngineAnswer, EngineFactory, EngineQuestion } from "./engine-factory.ts";
import { noDocker } from "./errors.ts";
import { trustingVariables } from "./front/front-folder.ts";
import { jsonState } from "./json-state.ts";
import { loadStack } from "./load-stack.ts";
import { LogPlaces } from "./log-places.ts";
import { embeddedServers } from "./serve/embedded-servers.ts";

/**
 * The one place where engines are made: docker when it answers and can serve from here, else local, or the one that was asked for. `serveCommand` runs `dev serve` as a
 * child; who only looks needs none.
 */
export function engineFactory(serveCommand: readonly string[] = []): EngineFactory {
  return (question) => chooseEngine(question, serveCommand);
}

async function chooseEngine(question: EngineQuestion, serveCommand: readonly string[]): Promise<EngineAnswer> {
  const { current, environment, source } = question;
  if (current) {
    callers.set(current, source.variables);
    return { engine: current, environment };
  }
  if (source.engine === "local") return localEngine(question, serveCommand, "--engine local");
  const { findDocker, isFound } = await import("@drydock/docker");
  const { variables } = source;
  const answer = await findDocker({ variables, home: variables.HOME ?? homedir(), signal: question.signal });
  if (isFound(answer) && (source.engine === "docker" || !(await isForeign(answer, question))))
    return dockerEngine(question, answer);
  if (isFound(answer))
    return localEngine(
      question,
      serveCommand,
      "the Docker engine is outside this dev container (`dev doctor` says more)",
    );
  if (source.engine === "docker") throw noDocker(describeAbsence(answer));
  return localEngine(question, serveCommand, "no Docker engine answers (`dev doctor` says why)");
}

/** Whether an engine runs this very dev container, and sees its folder or its ports elsewhere: mounts and addresses would be wrong. */
async function isForeign(docker: FoundDocker, { source, environment, signal }: EngineQuestion): Promise<boolean> {
  if (!isInDevContainer(source.variables)) return false;
  const { findOutsideView } = await import("@drydock/docker");
  const view = await findOutsideView(docker, environment.directory, signal);
  return view !== undefined && !(view.directory === environment.directory && view.sharesNetwork);
}

// The variables of whoever asked an engine last: Compose interpolates with them.
const callers = new WeakMap<Engine, Readonly<Record<string, string>>>();

async function dockerEngine(question: EngineQuestion, host: FoundDocker): Promise<EngineAnswer> {
  const { createDockerEngine, emptyDockerState, findForeignCheckout } = await import("@drydock/docker");
  const { folder, source } = question;
  let { environment } = question;
  if (source.projectName === undefined) {
    const other = await findForeignCheckout(host, environment.project, environment.directory, question.signal);
    // A checkout that was moved away is no neighbour: its containers are taken over.
    if (other !== undefined && existsSync(other)) {
      const projectName = giveCheckoutName(environment.project, environment.directory, folder);
      environment = loadStack({ ...source, projectName }).environment;
    }
  }
  const places = new LogPlaces(join(folder.directory, "log-places.json"), question.storeLogs);
  const engine: Engine = createDockerEngine({
    host,
    state: jsonState(join(folder.directory, "docker.json"), emptyDockerState),
    clock: systemClock,
    folder: folder.directory,
    variables: () => callers.get(engine) ?? source.variables,
    logCursors: places,
    memberState: async (address, signal) => (await import("@drydock/databases")).memberState(address, signal),
  });
  callers.set(engine, source.variables);
  const close = engine.close.bind(engine);
  engine.close = async () => {
    await close();
    await places.save();
  };
  return { engine, environment };
}

async function localEngine(
  question: EngineQuestion,
  serveCommand: readonly string[],
  because: string,
): Promise<EngineAnswer> {
  const [{ createLocalEngine }, databases, { renderNginx }] = await Promise.all([
    import("@drydock/processes"),
    import("@drydock/databases"),
    import("@drydock/nginx"),
  ]);
  const { environment, folder, sessionId, source } = question;
  const engine = createLocalEngine({
    stateDirectory: folder.directory,
    sessionId,
    variables: question.hasFront ? trustingVariables(source.variables, folder.directory) : source.variables,
    clock: systemClock,
    because,
    databases,
    renderNginx,
    embedded: embeddedServers(serveCommand),
  });
  return { engine, environment };
}

function describeAbsence({ tried }: DockerAbsence): readonly string[] {
  return tried.map(({ source, url, reason }) => `${source} (${url}): ${reason}`);
}
