import { readFileSync, statSync } from "node:fs";
import { type ComposeFiles, type ComposeInput, formatModel, loadCompose } from "@drydock/compose";
import type { Environment } from "@drydock/core";
import { badConfiguration, noComposeFile } from "./errors.ts";
import { findProjectDirectory } from "./find-project.ts";
import { requireServices } from "./require-services.ts";
import type { StackSource } from "./supervisor.ts";

/** A stack as its files describe it, and what is worth saying about them. */
export interface LoadedStack {
  readonly environment: Environment;
  readonly notices: readonly string[];
}

/**
 * Reads and resolves the Compose files. Services that are named are taken even where their profile is not active.
 * @throws DevError BAD_CONFIGURATION with every problem, NO_COMPOSE_FILE
 */
export function loadStack(source: StackSource, services: readonly string[] = []): LoadedStack {
  if (findProjectDirectory(source) === undefined) throw noComposeFile(source.directory);
  const result = loadCompose(composeInput(source, services), diskFiles);
  if (!result.ok) throw badConfiguration(result.problems);
  return { environment: result.environment, notices: result.notices };
}

/** The resolved model as text, as `docker compose config` prints it. @throws DevError BAD_CONFIGURATION */
export function loadModel(source: StackSource, format: "json" | "yaml"): string {
  const result = loadCompose(composeInput(source, []), diskFiles);
  if (!result.ok) throw badConfiguration(result.problems);
  return formatModel(result.model, format);
}

/** The Compose files' door to the disk. */
const diskFiles: ComposeFiles = {
  read(path) {
    try {
      // `-f -` is standard input.
      return readFileSync(path === "-" ? 0 : path, "utf8");
    } catch {
      return undefined;
    }
  },
  isDirectory: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
};

function composeInput(source: StackSource, services: readonly string[]): ComposeInput {
  const { directory, files, envFiles, profiles, projectName, variables } = source;
  const name = projectName === undefined ? {} : { projectName };
  return { directory, files, envFiles, profiles, variables, services, ...name };
}

/** The services of a stack with their replicas, without an engine. @throws DevError BAD_CONFIGURATION, NO_SUCH_SERVICE for an unknown one among `wanted` */
export function stackServices(
  source: StackSource,
  wanted: readonly string[],
): readonly { readonly name: string; readonly replicas: number }[] {
  const { environment } = loadStack(source, wanted);
  requireServices(wanted, environment);
  return environment.services.map(({ name, replicas }) => ({ name, replicas }));
}
