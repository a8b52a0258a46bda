import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Environment, isOneShot, type Service, serviceFingerprint } from "@drydock/core";
import { filesBelow, hashFiles, withImports } from "./code-files.ts";

/**
 * The one-shots that prepare databases before a seeding: those that need nothing but databases and one another. In the order of the file.
 */
export function migrationsOf({ services }: Environment, databases: readonly string[]): readonly Service[] {
  const needs = (service: Service): boolean =>
    service.dependencies.every(({ service: name }) => {
      const other = services.find((each) => each.name === name);
      return databases.includes(name) || (other !== undefined && isOneShot(name, services) && needs(other));
    });
  return services.filter(
    (service) => !databases.includes(service.name) && isOneShot(service.name, services) && needs(service),
  );
}

/**
 * What migrations are: the same text while their definitions and their code are the same. The code of one whose command names a file is that file, what it
 * imports and what lies in its folder; of any other (`npm run migrate`) all that is built or mounted.
 */
export async function migrationKey(migrations: readonly Service[]): Promise<string> {
  const hash = createHash("sha256");
  for (const service of migrations) {
    hash.update(`\0${service.name}\0${serviceFingerprint(service)}`);
    const binds = service.mounts.flatMap(({ kind, source }) => (kind === "bind" && source ? [source] : []));
    for (const root of [...(service.build ? [service.build.context] : []), ...binds])
      await hashFiles(hash, root, await codeIn(root, service));
  }
  return hash.digest("hex");
}

async function codeIn(root: string, { command = [], build }: Service): Promise<readonly string[]> {
  const named = command.flatMap((word) => word.split(/\s+/)).flatMap((word) => fileIn(root, word));
  if (named.length === 0) return filesBelow(root);
  const beside = await Promise.all(
    named.map(dirname).map((folder) => (folder === resolve(root) ? [] : filesBelow(folder))),
  );
  const around = ["package-lock.json", "package.json", build?.dockerfile ?? ""].flatMap((name) => fileIn(root, name));
  return withImports([...named, ...beside.flat(), ...around]);
}

/** A file of a folder that a word of a command means, also where it is called by its place in the container: `/app/migrate.js`. */
function fileIn(root: string, word: string): readonly string[] {
  if (!/[./]/.test(word) || word.startsWith("-")) return [];
  const parts = word.split("/").filter((part) => part !== "" && part !== ".");
  const places = parts.map((_, index) => join(root, ...parts.slice(index)));
  const found = places.find((path) => existsSync(path) && statSync(path).isFile());
  return found === undefined ? [] : [found];
}
