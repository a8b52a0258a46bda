import { DevError } from "@drydock/core";

/** Builds NO_DOCKER (exit 1): a dev container cannot do without. `isInContainer`: this already is one. */
export const noDockerForContainer = (
  tried: readonly { readonly source: string; readonly url: string; readonly reason: string }[],
  isInContainer: boolean,
) =>
  new DevError("NO_DOCKER", "A dev container needs a Docker engine, and none answers.", {
    evidence: tried.map(({ source, url, reason }) => `${source} (${url}): ${reason}`),
    hint: isInContainer
      ? "This is a container itself: run it on the machine outside. `dev up` needs no Docker."
      : "Start Docker. `dev up` needs none: it runs the stack on this machine, with Node alone.",
  });

/** Builds FORWARDER_DID_NOT_START (exit 1): the container is up, its ports are not forwarded. */
export const forwarderDidNotStart = (reason: string, log: readonly string[]) =>
  new DevError("FORWARDER_DID_NOT_START", `The dev container is up, but its ports are not forwarded: ${reason}`, {
    evidence: log,
    hint: "`dev container up` tries again.",
  });
