import { posix, relative, sep } from "node:path";
import type { Service } from "@drydock/core";
import { execa } from "execa";
import type { Session } from "../session.ts";
import type { DebugTarget } from "./request.ts";

/** Which folder of this machine is which folder of the container; undefined where the files do not say. */
export async function pathMapping(
  session: Session,
  service: Service,
  signal: AbortSignal,
): Promise<DebugTarget["mapping"] | undefined> {
  const directory = service.workingDirectory ?? (await workingDirectory(session, service.name, signal));
  return mappingOf(service, directory);
}

/** From what is mounted where the program works, else what is synced into the container, else what its image is built from. Pure. */
export function mappingOf(service: Service, directory: string | undefined): DebugTarget["mapping"] | undefined {
  const mount = service.mounts.find(
    ({ kind, source, target }) => kind === "bind" && source !== undefined && isWithin(directory, target),
  );
  if (mount?.source !== undefined) return { local: mount.source, remote: mount.target };
  const synced = service.watch.find(({ action, target }) => action.startsWith("sync") && target !== undefined);
  if (synced?.target !== undefined) return withoutCommonEnd(synced.path, synced.target, service.build?.context);
  if (service.build && directory !== undefined) return { local: service.build.context, remote: directory };
  return undefined;
}

/** `app/api` and `/app/api` are `app` and `/app`; not above the folder that the image is built from. */
function withoutCommonEnd(local: string, remote: string, lowest: string | undefined): DebugTarget["mapping"] {
  const here = local.split(sep);
  const there = remote.split("/").filter((part) => part !== "");
  while (there.length > 1 && here.at(-1) === there.at(-1) && here.join(sep) !== lowest) {
    here.pop();
    there.pop();
  }
  return { local: here.join(sep), remote: `/${there.join("/")}` };
}

function isWithin(path: string | undefined, folder: string): boolean {
  if (path === undefined) return false;
  const inside = posix.relative(folder, path);
  return !inside.startsWith("..");
}

async function workingDirectory(session: Session, service: string, signal: AbortSignal): Promise<string | undefined> {
  const { engine, environment } = session.stack;
  const request = { service, number: 1, command: ["pwd"], environment: {} };
  const { command, directory, environment: env } = await engine.exec(request, environment, signal);
  const [program = "", ...words] = command;
  const answer = await execa(program, words, {
    cwd: directory,
    env,
    extendEnv: false,
    reject: false,
    cancelSignal: signal,
  });
  return answer.failed ? undefined : answer.stdout.trim();
}

/** A path of this machine as VS Code writes it: relative to the folder that is open. */
export function inWorkspace(path: string, workspace: string): string {
  const inside = relative(workspace, path).split(sep).join("/");
  if (inside === "") return workspaceFolder;
  return inside.startsWith("..") ? path : `${workspaceFolder}/${inside}`;
}

const workspaceFolder = `$\{workspaceFolder}`;
