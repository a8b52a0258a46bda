import { DevError, type Problem } from "@drydock/core";
import type { Settings } from "@drydock/settings";
import { badConfiguration } from "./errors.ts";
import { findProjectDirectory } from "./find-project.ts";
import { unknownServices } from "./hot-reload/unknown-services.ts";
import { loadSettings } from "./load-settings.ts";
import { type LoadedStack, loadStack } from "./load-stack.ts";
import type { StackSource } from "./supervisor.ts";

/** All that a project's files say: the stack, and what Compose cannot say. */
export interface LoadedProject extends LoadedStack {
  readonly settings: Settings;
}

/** Reads the Compose files and `dev.config.ts`. @throws DevError BAD_CONFIGURATION with the problems of both, CONFIG_DOES_NOT_LOAD, NO_COMPOSE_FILE */
export async function loadProject(source: StackSource, services: readonly string[]): Promise<LoadedProject> {
  const problems: Problem[] = [];
  const stack = collect(problems, () => loadStack(source, services));
  const directory = stack?.environment.directory ?? findProjectDirectory(source) ?? source.directory;
  const settings = await loadSettings(directory).catch((error: unknown) => collect(problems, () => rethrow(error)));
  if (!stack || !settings) throw badConfiguration(problems);
  const mistakes = unknownServices(settings.reload.rules, stack.environment);
  return { ...stack, settings, notices: [...stack.notices, ...mistakes] };
}

/** Runs `work`; problems in files are kept, and everything else that it throws goes on. */
function collect<T>(problems: Problem[], work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DevError) || error.code !== "BAD_CONFIGURATION") throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

function rethrow(error: unknown): never {
  throw error;
}
