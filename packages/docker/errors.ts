import { DevError } from "@drydock/core";

/** Builds COMPOSE_MISSING (exit 1). */
export const composeMissing = () =>
  new DevError("COMPOSE_MISSING", "Docker answers, but Docker Compose is not installed.", {
    hint: "Install the Compose plugin (Debian and Ubuntu: apt install docker-compose-plugin; others: https://docs.docker.com/compose/install/), or use --engine local.",
  });

/** Builds COMPOSE_FAILED (exit 1), or what is behind it where that is known. */
export const composeFailed = (act: string, lines: readonly string[]) => {
  const text = lines.join("\n");
  if (text.includes("all predefined address pools have been fully subnetted")) return networksExhausted(lines);
  return new DevError("COMPOSE_FAILED", `docker compose ${act} failed: ${lines.at(-1) ?? "it said nothing"}`, {
    hint: "Nothing was started by this step. The lines above are Compose's own.",
    evidence: lines.slice(-12),
  });
};

const networksExhausted = (evidence: readonly string[]) =>
  new DevError("NETWORKS_EXHAUSTED", "Docker has no address range left for another network.", {
    hint: "Run `docker network prune` to remove the networks that no container uses.",
    evidence: evidence.slice(-3),
  });

/** Builds PULL_FAILED (exit 1). */
export const pullFailed = (images: readonly string[], lines: readonly string[]) =>
  new DevError("PULL_FAILED", `Could not pull ${images.join(", ")}: ${lines.at(-1) ?? "Compose said nothing"}`, {
    hint: "Check the image's name, the network, and `docker login` for a private registry.",
    evidence: lines.slice(-8),
  });

/** Builds IMAGE_MISSING (exit 1). */
export const imageMissing = (service: string, image: string) =>
  new DevError(
    "IMAGE_MISSING",
    `"${service}" wants the image ${image}, which is not here, and its pull_policy is "never".`,
    {
      hint: `Build or load ${image}, or take pull_policy out of the Compose file.`,
    },
  );

/** Builds BUILD_FAILED (exit 1). */
export const buildFailed = (services: readonly string[], lines: readonly string[]) =>
  new DevError("BUILD_FAILED", `The build of ${services.join(", ")} failed.`, {
    hint: "Nothing was started. Correct the Dockerfile, then run it again.",
    evidence: lines.slice(-20),
  });

/** Builds PORT_TAKEN (exit 1). */
export const portTaken = (port: number, service: string, holder: string, because: "pinned" | "lost") =>
  new DevError("PORT_TAKEN", `Port ${port}, wanted by "${service}", is held by ${holder}.`, {
    hint:
      because === "pinned"
        ? `Stop it, give "${service}" another port in the Compose file, or take away x-dev.pin so that a free port is used.`
        : "Stop it, or run the command again: another port will be given out.",
  });

/** Builds START_FAILED (exit 1). */
export const startFailed = (label: string, said: string) =>
  new DevError("START_FAILED", `${label} could not be started: ${said}`, {
    hint: startHint(said),
    evidence: [said],
  });

function startHint(said: string): string {
  if (said.includes("docker-init"))
    return "The engine has no init program: take `init: true` away, or install tini as docker-init.";
  if (said.includes("executable file not found"))
    return "Its command is not in the image: check `command` and `entrypoint`.";
  if (said.includes("no such file or directory")) return "A file or folder that it mounts or runs is missing.";
  if (said.includes("permission denied")) return "Its program may not be run: check the file's mode.";
  return "The sentence above is the engine's own.";
}

/** Builds NOT_PREPARED (exit 1). */
export const notPrepared = (label: string) =>
  new DevError("NOT_PREPARED", `${label} has no container.`, {
    hint: "Somebody removed it meanwhile. Run `dev up` again.",
  });

/** Builds NOT_READY (exit 1). `what` ends the sentence "it ...". */
export const notReady = (label: string, what: string, evidence: readonly string[], likely: string | undefined) =>
  new DevError("NOT_READY", `${label} did not become ready: it ${what}.`, {
    hint: likely === undefined ? `\`dev logs ${serviceOf(label)}\` shows all that it wrote.` : `likely: ${likely}`,
    evidence,
  });

/** Builds NOT_DONE (exit 1): a one-shot that failed. */
export const notDone = (label: string, what: string, evidence: readonly string[], likely: string | undefined) =>
  new DevError("NOT_DONE", `${label} did not finish: it ${what}.`, {
    hint: likely === undefined ? `\`dev logs ${serviceOf(label)}\` shows all that it wrote.` : `likely: ${likely}`,
    evidence,
  });

const serviceOf = (label: string) => label.replace(/\.\d+$/, "");

/** Builds NETWORK_IN_USE (exit 1). */
export const networkInUse = (name: string, members: readonly string[]) =>
  new DevError("NETWORK_IN_USE", `The network ${name} cannot be removed: ${members.join(", ")} still use it.`, {
    hint: `Disconnect them (docker network disconnect ${name} CONTAINER) or stop them, then run \`dev down\` again.`,
  });

/** Builds VOLUME_IN_USE (exit 1). */
export const volumeInUse = (name: string, said: string) =>
  new DevError("VOLUME_IN_USE", `The volume ${name} cannot be removed: a container of another project uses it.`, {
    hint: `\`docker ps -a --filter volume=${name}\` names it.`,
    evidence: [said],
  });

/** Builds NOT_RUNNING (exit 1). */
export const notRunning = (label: string) =>
  new DevError("NOT_RUNNING", `${label} does not run.`, { hint: `Start it with \`dev up ${serviceOf(label)}\`.` });

/** Builds ENGINE_FAILED (exit 1): the engine refused what should have worked. */
export const engineFailed = (act: string, said: string, cause: unknown) =>
  new DevError("ENGINE_FAILED", `Docker could not ${act}: ${said}`, {
    hint: "If Docker was stopped, start it and run the command again; `dev doctor` checks it.",
    cause,
  });

/** Builds SYNC_FAILED (exit 1): a file that is gone here is still in the container. */
export const syncFailed = (service: string, targets: readonly string[], said: string) =>
  new DevError("SYNC_FAILED", `${targets.join(", ")} could not be removed from "${service}".`, {
    evidence: said.split("\n").filter((line) => line !== ""),
    hint: `Its image may have no rm, or its user no right to. dev restart --build ${service} makes it anew.`,
  });

/** Builds VOLUME_HELPER_FAILED (exit 1): the files of a volume could not be worked on. */
export const volumeHelperFailed = (act: string, said: string) =>
  new DevError("VOLUME_HELPER_FAILED", `docker ${act} failed: ${said.trim().split("\n")[0] || "it said nothing"}`, {
    evidence: said.trim().split("\n").slice(-8),
  });
