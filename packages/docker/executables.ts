import type { Environment } from "@drydock/core";
import { framedText } from "./demux.ts";
import { EngineFailure } from "./engine-api.ts";
import type { EngineScope } from "./engine-scope.ts";
import { instanceContainer } from "./find-container.ts";

// What was started from outside, such as a health check and this itself, has no parent in the container (field 4 of proc_pid_stat(5); field 2, a name in brackets, may hold spaces).
const list = `for each in /proc/[0-9]*; do
  line=$(cat $each/stat 2>/dev/null) || continue
  set -- \${line##*) }
  if [ "$2" != 0 ] || [ $each = /proc/1 ]; then readlink $each/exe; fi
done`;

/** The files that a container's own processes were started from; undefined where it does not run, or has no shell that could look. */
export async function executables(
  scope: EngineScope,
  service: string,
  number: number,
  environment: Environment,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const container = await instanceContainer(scope, environment.project, service, number, signal);
  if (container?.status !== "running") return undefined;
  try {
    const { output } = await scope.api.run(container.id, ["sh", "-c", list], signal);
    const lines = framedText(output).split("\n");
    const paths = lines.flatMap((line) => (line.startsWith("/") ? [line.replace(/ \(deleted\)$/, "").trim()] : []));
    return paths.length === 0 ? undefined : paths;
  } catch (error) {
    if (error instanceof EngineFailure) return undefined;
    throw error;
  }
}
