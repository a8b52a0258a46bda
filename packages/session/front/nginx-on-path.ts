import { join } from "node:path";
import { execa } from "execa";
import type { FrontFolder } from "./front-folder.ts";
import type { FrontSoftware } from "./front-software.ts";
import { isTooOld, nginxSoftware, type ProgramAnswer, versionIn } from "./nginx-software.ts";

const program = "nginx";

/** The nginx on PATH, or why it cannot serve a front: the end of a sentence. */
export async function nginxOnPath(
  { directory, configuration }: FrontFolder,
  variables: Readonly<Record<string, string>>,
): Promise<FrontSoftware | string> {
  const run = async (...words: readonly string[]): Promise<ProgramAnswer> => {
    const { failed, stderr } = await execa(program, words, { reject: false, env: variables, extendEnv: false });
    return { isGood: !failed, said: (stderr ?? "").trim().split("\n") };
  };
  const { isGood, said } = await run("-v");
  if (!isGood) return "there is no nginx on PATH";
  const version = versionIn(said) ?? "0.0.0";
  if (isTooOld(version)) return `the nginx on PATH is ${version}, and 1.18 is needed`;
  return nginxSoftware({
    name: `nginx ${version}`,
    version,
    command: [program, "-p", directory, "-c", configuration],
    directory,
    runsAsRoot: process.getuid?.() === 0,
    pidFile: join(directory, "nginx.pid"),
    test: (path) => run("-t", "-p", directory, "-c", path),
    clear: async () => undefined,
  });
}
