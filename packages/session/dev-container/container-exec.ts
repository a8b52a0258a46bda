import type { ExecCommand } from "@drydock/core";
import { type ContainerSource, findContainerPlace } from "./place.ts";
import { runningContainer } from "./ports.ts";

/** What runs a command in the dev container, with this process's own terminal. @throws DevError NO_DEV_CONTAINER_RUNS, and those of `findContainerPlace` */
export async function containerExec(
  source: ContainerSource,
  words: readonly string[],
  signal: AbortSignal,
): Promise<ExecCommand> {
  const { execInContainer } = await import("@drydock/devcontainer");
  const place = await findContainerPlace(source, signal);
  await runningContainer(place, signal);
  return execInContainer(place, words);
}
