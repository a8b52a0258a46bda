import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, posix } from "node:path";
import type { NginxSource, Service } from "@drydock/core";
import type { PathMapping } from "../map-paths.ts";

const configurationFolder = "/etc/nginx";
const templateFolder = "/etc/nginx/templates";
const templateSuffix = ".template";

/**
 * The configuration files that a service mounts. Templates become files in conf.d with the service's variables filled in, as
 * the official image's entrypoint does (hub.docker.com/_/nginx, "Using environment variables").
 */
export async function readNginxSources(
  service: Service,
  mappings: readonly PathMapping[],
): Promise<readonly NginxSource[]> {
  const relevant = mappings.filter(
    ({ target }) => target === configurationFolder || target.startsWith(`${configurationFolder}/`),
  );
  const files = (await Promise.all(relevant.map(listFiles))).flat();
  return Promise.all(
    files.map(async ({ target, source }) => {
      const text = await readFile(source, "utf8");
      if (!target.startsWith(`${templateFolder}/`) || !target.endsWith(templateSuffix))
        return { path: target, hostPath: source, text };
      const path = posix.join(configurationFolder, "conf.d", basename(target, templateSuffix));
      return { path, hostPath: source, text: fillIn(text, service.environment) };
    }),
  );
}

async function listFiles({ target, source }: PathMapping): Promise<readonly PathMapping[]> {
  const found = await stat(source).catch(() => undefined);
  if (found?.isFile()) return [{ target, source }];
  if (!found?.isDirectory()) return [];
  const names = await readdir(source);
  return (
    await Promise.all(names.map((name) => listFiles({ target: posix.join(target, name), source: join(source, name) })))
  ).flat();
}

/** Only variables that are set are replaced: `$host` and its kin are nginx's own (envsubst with a list of names). */
function fillIn(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+)\}|\$(\w+)/g, (whole, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? "";
    return Object.hasOwn(variables, name) ? (variables[name] ?? "") : whole;
  });
}
