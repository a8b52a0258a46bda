import type { FoundDocker } from "./docker-host.ts";
import { dockerProgram as program } from "./docker-program.ts";
import { helperLabel } from "./labels.ts";

/** Ends the helpers of a project, whoever left them. @throws DevError VOLUME_HELPER_FAILED */
export async function endHelpers(
  docker: FoundDocker,
  project: string,
  variables: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  const run = program(docker, variables, signal);
  const said = await run("ps", "-aq", "--filter", `label=${helperLabel}=${project}`);
  const left = said.split("\n").filter((id) => id !== "");
  // `-v` takes what the image declares as volumes, which are made for each helper; volumes with a name stay.
  if (left.length > 0) await run("rm", "-f", "-v", ...left);
}
