import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { Check, Finding } from "./finding.ts";

const programs = [
  { name: "mongod", install: "https://www.mongodb.com/docs/manual/installation/" },
  { name: "redis-server", install: "apt-get install redis-server, or brew install redis" },
  { name: "nginx", install: "apt-get install nginx, or brew install nginx" },
] as const;

/** The programs that the local engine takes for database and proxy images. */
export const checkProviders: Check = async ({ variables }) =>
  Promise.all(
    programs.map(async ({ name, install }): Promise<Finding> => {
      const path = await findOnPath(name, variables.PATH ?? "");
      if (path) return { check: "providers", level: "ok", message: `${name} at ${path}` };
      return {
        check: "providers",
        level: "warning",
        message: `${name} is not on PATH: without Docker, a service with its image cannot run`,
        fix: `Install it: ${install}`,
      };
    }),
  );

async function findOnPath(name: string, path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    const candidate = join(folder, name);
    const isThere = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return candidate;
  }
  return undefined;
}
