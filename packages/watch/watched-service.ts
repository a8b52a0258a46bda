import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Environment, Service, WatchRule } from "@drydock/core";
import { defaultRules } from "./default-rules.ts";
import { isNeverWatched } from "./never-watched.ts";
import { dockerPatterns, gitPatterns, type PathFilter } from "./path-filter.ts";

/** A service with the rules that its files are watched by. */
export interface WatchedService {
  readonly name: string;
  readonly rules: readonly CompiledRule[];
}

/** A rule with its patterns and ignore files read. */
export interface CompiledRule extends WatchRule {
  /** Whether a path that lies in the rule's is one that it means. */
  isWanted: PathFilter;
}

/** Reads what decides which files count: the rules of the Compose file or, where there are none, those that make sense, and the ignore files. `pages`: as for `defaultRules`. */
export async function readWatchedService(
  service: Service,
  environment: Environment,
  pages: readonly string[] = [],
): Promise<WatchedService> {
  const isGiven = service.watch.length > 0;
  const rules = isGiven ? service.watch : defaultRules(service, environment, pages);
  const context = service.build?.context;
  const dockerIgnored =
    context === undefined ? nothing : dockerPatterns(context, await patternsOf(join(context, ".dockerignore")));
  // The Compose Specification knows .dockerignore only; where we choose the rules, what git does not keep is no source either.
  const gitIgnored = isGiven
    ? []
    : await Promise.all([...new Set([environment.directory, context])].map(readGitIgnore));
  const isLeftOut: PathFilter = (path) =>
    isNeverWatched(path) || dockerIgnored(path) || gitIgnored.some((test) => test(path));
  return { name: service.name, rules: rules.map((rule) => compile(rule, isLeftOut)) };
}

/**
 * Folders whose files browsers are given, absolute, as something that is watched; a change is only shown. The project's .dockerignore and .gitignore count, and a folder's own .gitignore,
 * but for what they say of the whole folder: what is served and not kept is what a build has left.
 */
export async function readWatchedPages(
  name: string,
  folders: readonly string[],
  environment: Environment,
): Promise<WatchedService> {
  const { directory } = environment;
  const docker = await patternsOf(join(directory, ".dockerignore"));
  const git = await patternsOf(join(directory, ".gitignore"));
  const compiled = folders.map(async (path) => {
    const isInside = (test: PathFilter) => !test(path);
    const ignored = [
      dockerPatterns(
        directory,
        docker.filter((line) => isInside(dockerPatterns(directory, [line]))),
      ),
      gitPatterns(directory, git.filter((line) => isInside(gitPatterns(directory, line))).join("\n")),
      await readGitIgnore(path),
    ];
    const rule: WatchRule = { path, action: "sync", ignore: [], include: [], isInitiallySynced: false };
    return compile(rule, (each) => isNeverWatched(each) || ignored.some((test) => test(each)));
  });
  return { name, rules: await Promise.all(compiled) };
}

function compile(rule: WatchRule, isLeftOut: PathFilter): CompiledRule {
  const isIgnored = dockerPatterns(rule.path, rule.ignore);
  const isIncluded = rule.include.length === 0 ? everything : dockerPatterns(rule.path, rule.include);
  return {
    ...rule,
    isWanted: (path) => path === rule.path || (!isLeftOut(path) && !isIgnored(path) && isIncluded(path)),
  };
}

const nothing: PathFilter = () => false;
const everything: PathFilter = () => true;

async function readGitIgnore(folder: string | undefined): Promise<PathFilter> {
  if (folder === undefined) return nothing;
  const text = await readFile(join(folder, ".gitignore"), "utf8").catch(() => "");
  return gitPatterns(folder, text);
}

async function patternsOf(path: string): Promise<readonly string[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.startsWith("#"));
}
