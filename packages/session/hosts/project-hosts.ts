import { join } from "node:path";
import { withCheckoutName } from "../checkout-name.ts";
import { noComposeFile } from "../errors.ts";
import { findStateFolder } from "../find-project.ts";
import { planLocalSites } from "../front/local-place.ts";
import { loopbackHosts } from "../front/loopback-hosts.ts";
import { loadProject } from "../load-project.ts";
import type { StackSource } from "../supervisor.ts";
import { hostsBlock, namedElsewhere, withHostsBlock } from "./hosts-block.ts";
import { readHostsFile, writeHostsFile } from "./hosts-file.ts";

/** What a project's names and a hosts file come to. */
export interface HostsPlan {
  readonly path: string;
  readonly names: readonly string[];
  /** The lines that belong in it; none where no name needs one. */
  readonly block: readonly string[];
  /** The block is there as it should be; when it is to be removed: there is none. */
  readonly isDone: boolean;
  /** Names that another line leads elsewhere: `shop.test is 10.0.0.7`. */
  readonly conflicts: readonly string[];
  /** The whole file as it would be. */
  readonly text: string;
  /** Where it is left for root, when this user may not write the file. */
  readonly proposal: string;
}

/** What to do with the block. */
export interface HostsWish {
  readonly path: string;
  readonly act: "apply" | "remove";
  /** Names below .localhost, too, for systems that do not look these up by themselves. */
  readonly hasLocalhost: boolean;
}

/** The hosts of a project's front: those of its routes, and each web service's own. @throws DevError NO_COMPOSE_FILE, BAD_CONFIGURATION */
export async function projectHosts(source: StackSource): Promise<{ project: string; names: readonly string[] }> {
  const folder = findStateFolder(source);
  if (!folder) throw noComposeFile(source.directory);
  const { environment, settings } = await loadProject(withCheckoutName(source, folder), []);
  const names = planLocalSites(environment, settings, []).sites.flatMap(({ hosts }) => hosts);
  return { project: environment.project, names: settings.front.isOn ? names : [] };
}

/** Whether a name means this machine by itself (RFC 6761, section 6.3). */
export const isBelowLocalhost = (name: string): boolean => name === "localhost" || name.endsWith(".localhost");

/** Compares a hosts file with what a project needs; changes nothing. @throws as projectHosts, DevError HOSTS_BLOCK, the file system's error */
export async function planHosts(source: StackSource, { path, act, hasLocalhost }: HostsWish): Promise<HostsPlan> {
  const { project, names: all } = await projectHosts(source);
  const names = hasLocalhost ? all : all.filter((name) => !isBelowLocalhost(name));
  const block = act === "remove" || names.length === 0 ? [] : hostsBlock(project, names, addresses());
  const current = await readHostsFile(path);
  const { text } = withHostsBlock(current, project, block);
  const folder = findStateFolder(source)?.directory ?? source.directory;
  const conflicts = act === "remove" ? [] : namedElsewhere(current, names);
  return { path, names, block, isDone: text === current, conflicts, text, proposal: join(folder, "hosts") };
}

/** Writes what was planned. @throws DevError HOSTS_FORBIDDEN with the command for root */
export async function carryOutHosts({ path, text, proposal, isDone }: HostsPlan): Promise<void> {
  if (!isDone) await writeHostsFile(path, text, proposal);
}

const addresses = (): readonly string[] => loopbackHosts().map((host) => host.replace(/^\[|\]$/g, ""));
