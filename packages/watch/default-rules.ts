import { join } from "node:path";
import { type Environment, reloadsItself, type Service, type WatchRule } from "@drydock/core";

/**
 * What is watched of a service that says nothing: the sources of what runs in files of this machine. A change of them restarts it, of its lock file
 * or its Dockerfile rebuilds it, of a static folder is only shown. One whose program watches its own files is not restarted. `pages`: absolute folders that are
 * no sources, because browsers are given their files.
 */
export function defaultRules(
  service: Service,
  environment: Environment,
  pages: readonly string[] = [],
): readonly WatchRule[] {
  const folder = sourceFolder(service, environment);
  if (folder === undefined) return [];
  const rebuilds = [...lockFiles, service.build?.dockerfile ?? "Dockerfile"].map((name) =>
    rule(join(folder, name), "rebuild"),
  );
  // A static folder is served as it is: nothing but the page has to hear of it.
  const shown = staticFolders.map((name) => rule(join(folder, name), "sync"));
  if (reloadsItself(service)) return rebuilds;
  const isOwn = new Set([...rebuilds, ...shown].map(({ path }) => path));
  const others = [...otherFolders(service, environment, folder), ...pages.filter((path) => path !== folder)];
  return [...rebuilds, ...shown, rule(folder, "restart", [...ignored, ...relativeTo(folder, [...isOwn, ...others])])];
}

const lockFiles = ["package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock"];
const staticFolders = ["public", "static"];
// What tests, tools and builds leave, and texts for people.
const ignored = [
  "**/*.test.*",
  "**/*.spec.*",
  "**/__tests__",
  "**/*.md",
  "**/*.log",
  // A program's own database; SQLite keeps a journal beside it (sqlite.org/tempfiles.html).
  ...["db", "sqlite", "sqlite3"].flatMap((ending) => [`**/*.${ending}`, `**/*.${ending}-*`]),
  "**/dist",
  "**/build",
  "**/.next",
  "**/.nuxt",
  "**/.env.example",
];

const rule = (path: string, action: WatchRule["action"], ignore: readonly string[] = []): WatchRule => ({
  path,
  action,
  ignore,
  include: [],
  isInitiallySynced: false,
});

/** Where the program's files lie on this machine: what its image is built from, what is mounted where it works, or, for `x-dev.run`, the project. */
function sourceFolder(service: Service, environment: Environment): string | undefined {
  if (service.build) return service.build.context;
  const { workingDirectory } = service;
  const mount = service.mounts.find(
    ({ kind, target }) => kind === "bind" && workingDirectory !== undefined && isWithin(workingDirectory, target),
  );
  return mount?.source ?? (service.dev.run === undefined ? undefined : environment.directory);
}

/** Folders of other services that lie in this one's: their changes are theirs. */
function otherFolders(service: Service, environment: Environment, folder: string): readonly string[] {
  return environment.services.flatMap((other) => {
    const context = other.name === service.name ? undefined : other.build?.context;
    return context !== undefined && context !== folder && isWithin(context, folder) ? [context] : [];
  });
}

const relativeTo = (folder: string, paths: readonly string[]): readonly string[] =>
  paths.filter((path) => isWithin(path, folder)).map((path) => path.slice(folder.length + 1));

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
