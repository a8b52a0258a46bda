import { resolve } from "node:path";
import { withCheckoutName } from "../checkout-name.ts";
import { noComposeFile } from "../errors.ts";
import { findStateFolder } from "../find-project.ts";
import { loadProject } from "../load-project.ts";
import type { StackSource } from "../supervisor.ts";
import { ourConfiguration } from "./our-configuration.ts";
import type { ParityReport } from "./parity-report.ts";
import { readConfigurationFile } from "./read-configuration-file.ts";

/**
 * Compares production's nginx configuration with what this stack serves, line by line. `domain`: production's; undefined: the settings', else the shortest name in the file.
 * @throws DevError NO_SUCH_FILE, NOT_NGINX, BAD_CONFIGURATION, NO_COMPOSE_FILE
 */
export async function compareFile(
  source: StackSource,
  file: string,
  domain: string | undefined,
): Promise<ParityReport> {
  const theirs = await readConfigurationFile(resolve(source.directory, file), file);
  const folder = findStateFolder(source);
  if (!folder) throw noComposeFile(source.directory);
  const { environment, settings } = await loadProject(withCheckoutName(source, folder), []);
  const { compareConfigurations, parityScore, shortestName, sitesOf, viewConfiguration } = await import(
    "@drydock/nginx"
  );
  const names = sitesOf(viewConfiguration(theirs.directives)).map(({ name }) => name);
  const own = domain ?? settings.front.domain ?? (shortestName(names) || `${environment.project}.localhost`);
  const ours = await ourConfiguration(environment, settings, own);
  const lines = compareConfigurations(theirs.directives, ours.directives, ours.kind);
  return {
    theirs: file,
    ours: ours.name,
    score: parityScore(lines),
    lines,
    notices: [...theirs.notices, ...ours.notices],
  };
}
