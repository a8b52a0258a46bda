import type { FrontSettings } from "@drydock/settings";
import { execa } from "execa";
import type { FrontFolder } from "./front-folder.ts";
import { edgeSoftware, type FrontSoftware, nginxSoftware } from "./front-software.ts";

/** What can serve a front here. */
export interface ChosenSoftware {
  /** Best first; the last one is always there. */
  readonly choice: readonly FrontSoftware[];
  /** Why the one that was asked for is not among them. */
  readonly refusal: string | undefined;
}

const program = "nginx";
// The oldest in a distribution that is still supported (Debian 11 and Ubuntu 20.04 have it).
const oldest = [1, 18] as const;

/** The edge, or, where the settings say so, nginx on PATH first. Windows has no signal to reload it. */
export async function chooseSoftware(
  settings: FrontSettings,
  serveCommand: readonly string[],
  folder: FrontFolder,
  variables: Readonly<Record<string, string>>,
): Promise<ChosenSoftware> {
  const edge = edgeSoftware(serveCommand, folder);
  const only = (refusal: string | undefined): ChosenSoftware => ({ choice: [edge], refusal });
  if (settings.server === "edge") return only(undefined);
  if (process.platform === "win32") return only("nginx cannot take up changes on Windows");
  const run = async (words: readonly string[]) => {
    const { failed, stderr } = await execa(program, words, { reject: false, env: variables, extendEnv: false });
    return { isGood: !failed, said: (stderr ?? "").trim().split("\n") };
  };
  const { isGood, said } = await run(["-v"]);
  if (!isGood) return only("there is no nginx on PATH");
  const version = /nginx\/([\d.]+)/.exec(said.join("\n"))?.[1] ?? "0.0.0";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1]))
    return only(`the nginx on PATH is ${version}, and 1.18 is needed`);
  return { choice: [nginxSoftware(program, version, folder, run), edge], refusal: undefined };
}
