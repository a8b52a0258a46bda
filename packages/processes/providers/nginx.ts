import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type HostPort, type NginxFile, servers } from "@drydock/core";
import { type EngineRoom, labelOf, type Stack } from "../engine-room.ts";
import { allAddresses } from "../host-targets.ts";
import { mapPath } from "../map-paths.ts";
import { checkNginx } from "./check-nginx.ts";
import { readNginxSources } from "./nginx-sources.ts";
import type { ServerLaunch, ServerRequest } from "./provider.ts";
import { serverArguments } from "./server-arguments.ts";

const run = promisify(execFile);

/** The name of the rendered configuration in an instance's run directory. */
export const configurationName = "nginx.conf";

/**
 * Starts nginx on the configuration that the Compose file mounts, rewritten for this machine, and checks it first.
 * @throws DevError NGINX_SYNTAX, NGINX_CONFIGURATION with the place in the person's own file
 */
export async function planNginx(room: EngineRoom, stack: Stack, request: ServerRequest): Promise<ServerLaunch> {
  const { blueprint, chosen, runDirectory } = request;
  const { service, mappings } = blueprint;
  const program = chosen.program.kind === "binary" ? chosen.program.path : undefined;
  const { files, notices } = room.options.renderNginx({
    sources: await readNginxSources(service, mappings),
    listen: request.own,
    addressesOf: (host, port) => addressesOf(room, stack, host, port),
    mapPath: (path) => mapPath(path, mappings),
    runDirectory,
    version: program === undefined ? newest : await versionOf(program),
    ...(process.getuid?.() === 0 ? { user: "root" } : {}),
  });
  const written = await writeFiles(files, runDirectory);
  const main = files[0]?.path ?? "";
  if (program === undefined) {
    const address = [...request.own.values()][0] ?? { host: "127.0.0.1", port: 0 };
    const words = embeddedWords(request, address, main);
    return { words, notices };
  }
  const globals = globalDirectives(serverArguments(service, servers.nginx.programs));
  const words = [program, "-p", runDirectory, "-e", "stderr", "-c", main, ...globals];
  if (written) await checkOrForget(labelOf(stack.environment, service.name, 1), words, files);
  return { words, notices };
}

/** What nginx refused must not stay as if it had been checked. */
async function checkOrForget(label: string, words: readonly string[], files: readonly NginxFile[]): Promise<void> {
  try {
    await checkNginx(label, words, files);
  } catch (error) {
    await Promise.all(files.map(({ path }) => rm(path, { force: true })));
    throw error;
  }
}

// The embedded edge reads whatever the newest nginx does.
const newest = "99.0.0";

function embeddedWords(
  { chosen, dataDirectory }: ServerRequest,
  address: HostPort,
  configurationFile: string,
): readonly string[] {
  if (chosen.program.kind === "binary") return [];
  return chosen.program.command({ address, dataDirectory: dataDirectory("/"), arguments: [], configurationFile });
}

function addressesOf(room: EngineRoom, stack: Stack, host: string, port: number): readonly HostPort[] | undefined {
  const blueprint = [...stack.blueprints.values()].find((each) => each.hostNames.includes(host));
  return blueprint && allAddresses(blueprint, port, room.ports);
}

/** Writes what changed; says whether anything did. */
async function writeFiles(files: readonly NginxFile[], runDirectory: string): Promise<boolean> {
  await mkdir(join(runDirectory, "cache"), { recursive: true });
  const changes = await Promise.all(files.map((file) => writeIfChanged(file)));
  return changes.includes(true);
}

async function writeIfChanged({ path, text }: NginxFile): Promise<boolean> {
  if ((await readFile(path, "utf8").catch(() => undefined)) === text) return false;
  await writeFile(path, text);
  return true;
}

/** `nginx version: nginx/1.22.1`, on standard error. */
async function versionOf(program: string): Promise<string> {
  const { stderr } = await run(program, ["-v"]);
  return /\/(\d+\.\d+\.\d+)/.exec(stderr)?.[1] ?? "0.0.0";
}

/** The `-g` of the service's command, without what the rewritten configuration says itself. */
function globalDirectives(words: readonly string[]): readonly string[] {
  const at = words.indexOf("-g");
  const kept = (words[at + 1] ?? "")
    .split(";")
    .map((each) => each.trim())
    .filter((each) => at >= 0 && each !== "" && !/^(daemon|user|pid|error_log|master_process)\b/.test(each));
  return kept.length === 0 ? [] : ["-g", `${kept.join("; ")};`];
}
