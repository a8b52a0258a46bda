import { type Dirent, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { badConfiguration } from "../errors.ts";
import { noParityFile, notNginx } from "./errors.ts";

type Nginx = typeof import("@drydock/nginx");
type Directives = ReturnType<Nginx["readDirectives"]>["directives"];

/** A configuration with what it includes. */
export interface ReadFile {
  readonly directives: Directives;
  readonly notices: readonly string[];
}

const configurationFolder = "/etc/nginx";

/**
 * Reads an nginx configuration, and what it includes from beside it: `/etc/nginx/conf.d/*.conf` of a copied nginx.conf is looked for in conf.d/ beside the copy.
 * `shown` is what messages call it. @throws DevError NO_SUCH_FILE, NOT_NGINX, BAD_CONFIGURATION with every mistake
 */
export async function readConfigurationFile(file: string, shown: string): Promise<ReadFile> {
  const { expandIncludes, matchesGlob, readDirectives, viewConfiguration } = await import("@drydock/nginx");
  const folder = dirname(file);
  const name = (path: string) => join(dirname(shown), relative(folder, path));
  const read = readDirectives(readText(file, shown), shown);
  const expanded = expandIncludes(read.directives, (pattern) => {
    const place = resolve(folder, besides(pattern));
    return filesIn(dirname(place))
      .filter((each) => matchesGlob(each, basename(place)))
      .map((each) => join(dirname(place), each))
      .map((path) => ({ path, hostPath: name(path), text: readText(path, name(path)) }));
  });
  const problems = [...read.problems, ...expanded.problems];
  if (problems.length > 0 && !/\b(?:http|server)\s*\{/.test(readText(file, shown))) throw notNginx(shown);
  if (problems.length > 0) throw badConfiguration(problems);
  if (viewConfiguration(expanded.directives).servers.length === 0) throw notNginx(shown);
  const notices = expanded.missing.map(
    ({ words, place }) =>
      `${place?.file}:${place?.line}: include ${words[0]} is left out: there is no such file beside ${shown}.`,
  );
  return { directives: expanded.directives, notices };
}

/** Where a path of production's machine is looked for. */
function besides(pattern: string): string {
  return pattern.startsWith(`${configurationFolder}/`) ? relative(configurationFolder, pattern) : pattern;
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((each: Dirent) => each.isFile() || each.isSymbolicLink())
      .map((each) => each.name)
      .toSorted();
  } catch {
    return [];
  }
}

function readText(file: string, shown: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const hint = /^[\w-]+(?:\.[\w-]+)+$/.test(shown)
      ? `To compare with a live site: dev parity https://${shown}`
      : "Name an nginx configuration, or a site as https://shop.example.";
    if (code === "EISDIR")
      throw noParityFile(shown, "it is a folder", `Name its main file: ${join(shown, "nginx.conf")}`);
    throw noParityFile(shown, code === "ENOENT" ? "there is no such file" : (code ?? String(error)), hint);
  }
}
