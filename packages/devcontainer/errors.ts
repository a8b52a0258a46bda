import { relative } from "node:path";
import { DevError, type Problem } from "@drydock/core";

/** Builds NO_DEV_CONTAINER (exit 2). */
export const noConfiguration = (directory: string) =>
  new DevError("NO_DEV_CONTAINER", `There is no devcontainer.json in ${directory} or above it.`, {
    exitCode: 2,
    hint: "`dev init` writes one that fits the stack; `--config FILE` names one elsewhere.",
  });

/** Builds NO_DEV_CONTAINER (exit 3): the file that was named. */
export const configurationNotFound = (file: string) =>
  new DevError("NO_DEV_CONTAINER", `${file} does not exist.`, {
    exitCode: 3,
    hint: "--config names a devcontainer.json.",
  });

/** Builds MANY_DEV_CONTAINERS (exit 2). */
export const manyConfigurations = (folder: string, files: readonly string[]) =>
  new DevError("MANY_DEV_CONTAINERS", `${folder} has ${files.length} dev containers.`, {
    exitCode: 2,
    evidence: files.map((file) => relative(folder, file)),
    hint: `Say which: --config ${relative(folder, files[0] ?? "")}`,
  });

/** Builds BAD_CONFIGURATION (exit 2), with every problem of a devcontainer.json. */
export const badDevContainer = (file: string, problems: readonly Problem[]) => {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return new DevError("BAD_CONFIGURATION", `${file}: ${count}`, {
    problems,
    exitCode: 2,
    hint: "No container was started or changed.",
  });
};

/** Builds DEV_CONTAINER_FAILED (exit 1), or what is behind it where that is known. `said` is what the CLI and Docker wrote last. */
export const devContainerFailed = (failure: CliFailure, said: readonly string[]): DevError => {
  const { message, description, containerId } = failure;
  const text = said.join("\n");
  const image = /docker pull (\S+)/.exec(message)?.[1];
  if (image !== undefined) return imageNotPulled(image, said);
  const host = /getaddrinfo \w+ (\S+)/.exec(message)?.[1];
  if (host !== undefined) return hostNotReached(host);
  // Engine 28 and newer; older ones.
  const port =
    /bind host port for \S*?:(\d+):\S+: address already in use/.exec(text) ?? /Bind for \S+:(\d+) failed/.exec(text);
  if (port) return publishedPortTaken(port[1] ?? "", said);
  if (/^Command failed: docker (?:buildx )?build |^Command failed: docker compose .* build/.test(message))
    return notBuilt(said);
  const command = /(\w+Command) from .* failed\.$/.exec(description)?.[1];
  if (command !== undefined) return commandFailed(command, message, said, containerId !== undefined);
  // What Docker answered says more than the command that it was an answer to.
  const answer = message.startsWith("Command failed: docker")
    ? said.findLast((line) => /error/i.test(line))
    : undefined;
  return new DevError(
    "DEV_CONTAINER_FAILED",
    `The dev container did not come up: ${shorten(answer?.trim() ?? message)}`,
    {
      evidence: said.slice(-12),
      hint: "`dev container rebuild` tries again from the start; `dev container down` removes what there is of it.",
    },
  );
};

const insideHint =
  "The container runs: `dev container exec` looks inside, `dev container rebuild` tries again from the start.";

const shorten = (message: string) => {
  const [first = ""] = message.split("\n");
  return first.length > 160 ? `${first.slice(0, 160)}…` : first;
};

/** What the dev containers CLI answers when it fails. */
export interface CliFailure {
  readonly message: string;
  readonly description: string;
  readonly containerId?: string;
}

const imageNotPulled = (image: string, said: readonly string[]) =>
  new DevError("IMAGE_MISSING", `The image ${image} is not here and could not be pulled.`, {
    evidence: said.slice(-4),
    hint: "Check its name, the network, and `docker login` for a private registry.",
  });

const hostNotReached = (host: string) =>
  new DevError("DEV_CONTAINER_FAILED", `The dev container did not come up: ${host} cannot be reached.`, {
    hint: `Its features or its image come from ${host}. Check the network, or use an image that has them built in.`,
  });

const publishedPortTaken = (port: string, said: readonly string[]) =>
  new DevError("PORT_TAKEN", `The dev container did not come up: port ${port}, which it publishes, is taken.`, {
    evidence: said.slice(-3),
    hint: 'Stop who holds it, or move the port from "appPort" (or the Compose file\'s `ports`) to "forwardPorts": those give way.',
  });

const notBuilt = (said: readonly string[]) =>
  new DevError("BUILD_FAILED", "The dev container's image could not be built.", {
    evidence: said.slice(-12),
    hint: "No container was started. Correct the Dockerfile, then run it again.",
  });

const commandFailed = (key: string, message: string, said: readonly string[], hasContainer: boolean) =>
  new DevError(
    "DEV_CONTAINER_COMMAND_FAILED",
    `${key} failed: ${shorten(message.replace(/^Command failed: (?:\/bin\/sh -c )?/, ""))}`,
    {
      evidence: said.slice(-12),
      hint: hasContainer ? insideHint : "It runs on this machine, before there is a container.",
    },
  );

/** Builds NO_DEV_CONTAINER_RUNS (exit 3). */
export const nothingRunsHere = (state: "none" | "stopped") =>
  new DevError(
    "NO_DEV_CONTAINER_RUNS",
    state === "none" ? "There is no dev container of this folder." : "The dev container of this folder is stopped.",
    {
      exitCode: 3,
      hint: "`dev container up` starts it.",
    },
  );

/** Builds DOCKER_FAILED (exit 1): the docker CLI refused. */
export const dockerFailed = (act: string, said: string) =>
  new DevError("DOCKER_FAILED", `docker ${act} failed: ${said.trim().split("\n").at(-1) || "it said nothing"}`, {
    evidence: said.trim().split("\n").slice(0, -1).slice(-6),
    hint: "`dev doctor` looks at Docker.",
  });

/** Builds NO_DOCKER_CLI (exit 1): an engine may answer, but the program is not there. */
export const noDockerProgram = () =>
  new DevError("NO_DOCKER_CLI", "The program `docker` is not on PATH.", {
    hint: "Dev containers are made with it. Install the docker CLI: https://docs.docker.com/engine/install/",
  });

/** Builds LEFT_BEHIND (exit 1): `down` could not remove everything. */
export const containersLeft = (names: readonly string[]) =>
  new DevError("LEFT_BEHIND", "Some of the dev container is still there.", {
    evidence: names,
    hint: "Run `dev container down` again.",
  });
