import type { Environment, Problem } from "@drydock/core";
import { checkProject } from "./checks/check-project.ts";
import { cutCommands } from "./cut-commands.ts";
import { mapServices } from "./defaults.ts";
import type { ComposeFiles } from "./files/compose-files.ts";
import { startLoading } from "./files/loading.ts";
import { findProjectFiles } from "./files/read-variables.ts";
import { loadFiles } from "./load-files.ts";
import { type ComposeModel, toModel } from "./model.ts";
import { normalize } from "./normalize.ts";
import { activeProfiles, isActive, keepActive } from "./profiles.ts";
import { projectName } from "./project-name.ts";
import { type Finding, toProblems } from "./report.ts";
import { readServiceFiles } from "./service-files.ts";
import { toEnvironment } from "./to-environment.ts";
import { child, type MappingNode } from "./yaml/node.ts";
import { startOf } from "./yaml/source.ts";

/** What is to be loaded: the flags of the command line, its folder and its environment. */
export interface ComposeInput {
  /** The caller's working directory, absolute. */
  readonly directory: string;
  /** `-f`, in order; empty: COMPOSE_FILE, else the default names, from the directory upwards. */
  readonly files: readonly string[];
  /** `--env-file`; empty: `.env`. */
  readonly envFiles: readonly string[];
  /** `--profile`, together with COMPOSE_PROFILES. */
  readonly profiles: readonly string[];
  /** `-p`; undefined: COMPOSE_PROJECT_NAME, else `name:`, else the folder's name. */
  readonly projectName?: string;
  /** Services named on the command line: their profiles become active. */
  readonly services?: readonly string[];
  /** The caller's environment. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A model with its environment and what is worth saying of it, or every problem in file order. */
export type ComposeResult =
  | {
      readonly ok: true;
      readonly model: ComposeModel;
      readonly environment: Environment;
      readonly notices: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Compose files as a model and an environment, or every mistake in them at once. Never throws. */
export function loadCompose(input: ComposeInput, files: ComposeFiles): ComposeResult {
  const findings: Finding[] = [];
  const notices: string[] = [];
  const loading = startLoading(files, input.directory, input.variables.HOME, findings, notices);
  const found = findProjectFiles(input, loading);
  const profiles = askedProfiles(input.profiles, found.variables);
  const fail = (isRelevant: (finding: Finding) => boolean = () => true): ComposeResult => ({
    ok: false,
    problems: toProblems(findings.filter(isRelevant)),
  });
  if (found.files.length === 0) {
    loading.report(noFile(input.directory, loading.absent(`${input.directory}/docker-compose.yml`)));
    return fail();
  }
  const first = { directory: found.directory, variables: found.variables, including: [] };
  const name = projectName(input.projectName, found.files, first, loading);
  const variables = new Map(found.variables).set("COMPOSE_PROJECT_NAME", name);
  const root = loadFiles(
    found.files.map((path) => ({ path })),
    { ...first, variables },
    loading,
  );
  if (!root) {
    if (findings.length === 0)
      loading.report(emptyFile(loading.source(found.files[0] ?? "") ?? loading.absent(found.files[0] ?? "")));
    return fail();
  }
  const whole = normalize(root, name, variables);
  const active = activeProfiles(whole, profiles, input.services ?? []);
  const runs = (service: MappingNode): boolean => isActive(service, active);
  const resolved = mapServices(whole, (service, service_name) =>
    runs(service) ? readServiceFiles(service, service_name, variables, loading) : service,
  );
  checkProject(resolved, active, !loading.isIncomplete(), loading.report);
  const isRelevant = ({ onlyFor }: Finding): boolean => {
    const service = onlyFor === undefined ? undefined : child(child(resolved, "services"), onlyFor);
    return service === undefined || isActive(service, active);
  };
  if (findings.some(isRelevant)) return fail(isRelevant);
  const kept = keepActive(resolved, active);
  notices.push(...cutCommands(kept));
  const facts = {
    project: name,
    directory: found.directory,
    files: found.files,
    profiles: active,
    envFiles: found.envFiles,
  };
  return {
    ok: true,
    model: toModel(kept, name),
    environment: toEnvironment(kept, facts),
    notices: [...new Set(notices)],
  };
}

function askedProfiles(given: readonly string[], variables: ReadonlyMap<string, string>): readonly string[] {
  const listed = given.length > 0 ? given : (variables.get("COMPOSE_PROFILES") ?? "").split(",");
  return listed.map((profile) => profile.trim()).filter((profile) => profile !== "");
}

function noFile(directory: string, source: ReturnType<ReturnType<typeof startLoading>["absent"]>): Finding {
  return {
    place: startOf(source),
    message: `there is no Compose file in ${directory} or above it`,
    hint: "write docker-compose.yml, run `dev init`, or give -f",
  };
}

function emptyFile(source: ReturnType<ReturnType<typeof startLoading>["absent"]>): Finding {
  return { place: startOf(source), message: "the file is empty", hint: "write services: and under it the first one" };
}
