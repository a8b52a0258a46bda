import { homedir } from "node:os";
import { type FoundDocker, findDocker, frontLabel, isFound } from "@drydock/docker";
import { execa } from "execa";
import type { FrontFolder } from "../front-folder.ts";
import type { FrontSoftware } from "../front-software.ts";
import { isTooOld, nginxSoftware, type ProgramAnswer, versionIn } from "../nginx-software.ts";
import { type NginxContainer, runNginx, testInside } from "./nginx-container.ts";
import type { WantedImage } from "./wanted-image.ts";

/** The stack that a container is to serve. */
export interface ContainerStack extends WantedImage {
  readonly project: string;
  /** The folders that routes serve files of, and the project's own; never the front's. */
  readonly folders: readonly string[];
}

const root = "0:0";
const complaint = /\[(?:emerg|alert|crit)\]/;

/**
 * The nginx of an image, in a container of the engine on this machine, or why it cannot serve a front: the end of a sentence. Fetches the image where it may,
 * and removes what an earlier one has left.
 */
export async function nginxInDocker(
  stack: ContainerStack,
  { directory, configuration }: FrontFolder,
  variables: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<FrontSoftware | string> {
  const docker = await findDocker({ variables, home: variables.HOME ?? homedir(), signal });
  if (!isFound(docker)) return "no Docker engine answers";
  if (!docker.host.url.startsWith("unix:")) return `the Docker engine at ${docker.host.url} is not on this machine`;
  const program = ["docker", "--host", docker.host.url];
  const ask = askDocker(program, variables);
  const { project, image, folders } = stack;
  const clear = async () => {
    const { said } = await ask(["ps", "-aq", "--filter", `label=${frontLabel}=${project}`], undefined);
    const left = said.filter((line) => /^[\da-f]+$/.test(line));
    if (left.length > 0) await ask(["rm", "-f", "-v", ...left], undefined);
  };
  const refusal = await fetchImage(stack, ask, signal);
  if (refusal !== undefined) return refusal;
  await clear();
  const version = await versionOf(stack, ask, signal);
  if (version === undefined) return `${image} has no shell that starts an nginx`;
  if (isTooOld(version)) return `the nginx of ${image} is ${version}, and 1.18 is needed`;
  const user = userIn(docker);
  const name = `${project}-drydock-front`;
  const container: NginxContainer = { name, project, image, user, directory, folders, configuration };
  return nginxSoftware({
    name: `nginx ${version} of the image ${image}`,
    version,
    command: [...program, ...runNginx(container)],
    directory,
    runsAsRoot: user === root,
    // A number in there is another process here.
    pidFile: "/tmp/nginx.pid",
    async test(path) {
      const answer = await ask(testInside(container, path), undefined);
      // Only nginx's own words are about the file: before the first start there is nobody who could be asked.
      return answer.said.some((line) => complaint.test(line)) ? answer : { isGood: true, said: [] };
    },
    clear,
  });
}

type Ask = (words: readonly string[], signal: AbortSignal | undefined) => Promise<ProgramAnswer>;

function askDocker([program = "", ...first]: readonly string[], variables: Readonly<Record<string, string>>): Ask {
  return async (words, signal) => {
    const { failed, all } = await execa(program, [...first, ...words], {
      reject: false,
      all: true,
      env: variables,
      extendEnv: false,
      ...(signal ? { cancelSignal: signal } : {}),
    });
    return { isGood: !failed, said: (all ?? "").split("\n").filter((line) => line.trim() !== "") };
  };
}

async function fetchImage(
  { image, mayBePulled }: WantedImage,
  ask: Ask,
  signal: AbortSignal,
): Promise<string | undefined> {
  if ((await ask(["image", "inspect", "--format", "{{.Id}}", image], signal)).isGood) return undefined;
  if (!mayBePulled) return `the Docker engine has no image ${image}`;
  const { isGood, said } = await ask(["pull", "--quiet", image], signal);
  return isGood ? undefined : `${image} cannot be pulled: ${said.at(-1) ?? "docker says nothing"}`;
}

/** As it says itself: a tag may mean any version. */
async function versionOf(
  { image, project }: ContainerStack,
  ask: Ask,
  signal: AbortSignal,
): Promise<string | undefined> {
  const label = ["--label", `${frontLabel}=${project}`];
  const words = ["run", "--rm", "--pull", "never", "--network", "none", "--log-driver", "none", ...label];
  const { isGood, said } = await ask([...words, "--entrypoint", "sh", image, "-c", "exec nginx -v"], signal);
  return isGood ? versionIn(said) : undefined;
}

/**
 * Who nginx is in there: on this machine's own engine the caller, who owns the front's files and reads its key. What keeps its users to itself (a rootless
 * engine, Podman, the machine of Docker Desktop) makes the caller of root.
 */
function userIn({ isDirect }: FoundDocker): string {
  return isDirect ? `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}` : root;
}
