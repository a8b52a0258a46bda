import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Emit, fingerprint } from "@drydock/core";
import { execa } from "execa";
import { baseEnvironment } from "./base-environment.ts";
import type { EngineRoom } from "./engine-room.ts";
import { installFailed } from "./errors.ts";
import { hasAllDependencies } from "./has-dependencies.ts";

/** A folder whose package manager has something to do. */
interface Install {
  readonly folder: string;
  readonly command: readonly string[];
  readonly fingerprint: string;
  readonly because: string;
}

// Offline first: what is in the package manager's cache is not asked for again.
const managers: readonly { readonly lock: string; readonly command: readonly string[] }[] = [
  { lock: "package-lock.json", command: ["npm", "ci", "--prefer-offline", "--no-audit", "--no-fund"] },
  { lock: "npm-shrinkwrap.json", command: ["npm", "ci", "--prefer-offline", "--no-audit", "--no-fund"] },
  { lock: "pnpm-lock.yaml", command: ["pnpm", "install", "--frozen-lockfile", "--prefer-offline"] },
  { lock: "yarn.lock", command: ["yarn", "install", "--frozen-lockfile", "--prefer-offline"] },
];
const evidenceLines = 15;

/**
 * Installs the dependencies of the Node services that run in these folders of a project: once for all that share a folder, when there are none yet or the lock file is another
 * than the one they were installed from. Touches no network when nothing changed. @throws DevError INSTALL_FAILED
 */
export async function installDependencies(
  room: EngineRoom,
  directory: string,
  folders: readonly string[],
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  const installs = new Map<string, Install>();
  for (const folder of new Set(folders)) {
    const install = await wantedInstall(room, folder, directory);
    if (install) installs.set(install.folder, install);
  }
  // One after the other: package managers share a cache and use all processors by themselves.
  for (const install of installs.values()) await run(room, install, emit, signal);
}

async function wantedInstall(room: EngineRoom, start: string, top: string): Promise<Install | undefined> {
  const found = await findLock(start, top);
  if (!found) return undefined;
  const { folder, lock, command } = found;
  const print = fingerprint(await readFile(join(folder, lock), "utf8"));
  const recorded = room.record.installOf(folder);
  const hasModules = await exists(join(folder, "node_modules"));
  if (hasModules && recorded === print) return undefined;
  const base = { folder, command: await exactCommand(command, folder), fingerprint: print };
  if (hasModules && recorded !== undefined) return { ...base, because: `${lock} changed` };
  // Installed by hand, or in a folder above (workspaces): nothing is missing, so nothing is installed.
  if (await hasAllDependencies(start)) {
    room.record.markInstalled(folder, print);
    return undefined;
  }
  return { ...base, because: hasModules ? "dependencies are missing" : "there are no node_modules" };
}

/** The nearest folder upwards, not above the project, that has a package.json and a lock file. */
async function findLock(start: string, top: string) {
  for (let folder = start; folder === top || folder.startsWith(`${top}/`); folder = dirname(folder)) {
    for (const { lock, command } of managers) {
      if ((await exists(join(folder, lock))) && (await exists(join(folder, "package.json"))))
        return { folder, lock, command };
    }
    if (folder === top) return undefined;
  }
  return undefined;
}

/** yarn 2 and later call a frozen lock file immutable. */
async function exactCommand(command: readonly string[], folder: string): Promise<readonly string[]> {
  if (command[0] !== "yarn" || !(await exists(join(folder, ".yarnrc.yml")))) return command;
  return ["yarn", "install", "--immutable"];
}

async function run(room: EngineRoom, install: Install, emit: Emit, signal: AbortSignal): Promise<void> {
  const { folder, command, because } = install;
  const [program = "", ...words] = command;
  const { clock, variables } = room.options;
  const task = `${command.slice(0, 2).join(" ")} in ${basename(folder)}`;
  const tell = (message: string) => emit({ kind: "progress", at: clock.now(), task, message });
  tell(because);
  const child = execa(program, words, {
    cwd: folder,
    // The base environment only: NODE_ENV=production of the caller must not leave dependencies out.
    env: baseEnvironment(variables),
    extendEnv: false,
    stdin: "ignore",
    all: true,
    reject: false,
    cancelSignal: signal,
    forceKillAfterDelay: 2_000,
  });
  child.all.on("data", (chunk: Buffer) => {
    const line = chunk.toString().trim().split("\n").at(-1);
    if (line) tell(line);
  });
  const result = await child;
  signal.throwIfAborted();
  if (result.failed) {
    const lines = (result.all || result.message || "").split("\n").slice(-evidenceLines);
    throw installFailed(command.join(" "), folder, lines);
  }
  room.record.markInstalled(folder, install.fingerprint);
  tell("done");
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
