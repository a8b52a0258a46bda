import { cliVariables, type FoundDocker } from "./docker-host.ts";
import { volumeHelperFailed } from "./errors.ts";

/** Runs the docker CLI against an engine; what is asked answers with what it printed. @throws DevError VOLUME_HELPER_FAILED, or the signal's reason */
export function dockerProgram(
  docker: FoundDocker,
  variables: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
) {
  return async (...words: readonly string[]): Promise<string> => {
    const { execa } = await import("execa");
    const answer = await execa("docker", words, {
      env: { ...variables, ...cliVariables(docker) },
      extendEnv: false,
      reject: false,
      ...(signal ? { cancelSignal: signal } : {}),
    });
    signal?.throwIfAborted();
    if (answer.exitCode !== 0) throw volumeHelperFailed(words[0] ?? "", `${answer.stderr ?? answer.message ?? ""}`);
    return String(answer.stdout).trim();
  };
}
