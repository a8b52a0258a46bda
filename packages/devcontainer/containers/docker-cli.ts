import { dockerFailed, noDockerProgram } from "../errors.ts";

/** The docker CLI with the variables that name its engine: returns what it writes. @throws DevError DOCKER_FAILED, NO_DOCKER_CLI */
export type AskDocker = (words: readonly string[], signal: AbortSignal) => Promise<string>;

/** Makes it. */
export function dockerCli(variables: Readonly<Record<string, string>>): AskDocker {
  return async (words, signal) => {
    const { execa } = await import("execa");
    const options = {
      env: { ...variables },
      extendEnv: false,
      cancelSignal: signal,
      reject: false,
      stdin: "ignore",
    } as const;
    const { failed, code, stdout, stderr } = await execa("docker", words, options);
    signal.throwIfAborted();
    if (code === "ENOENT") throw noDockerProgram();
    if (failed) throw dockerFailed(words.slice(0, 2).join(" "), stderr);
    return stdout;
  };
}
