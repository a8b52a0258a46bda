import { existsSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Environment, Service } from "@drydock/core";
import type { NewDevContainer, NewPort } from "@drydock/devcontainer";
import { mainService, webPort } from "../front/web-ports.ts";

/** What a dev container needs for a stack: the ports that it publishes, by service, and what installs its modules. `exists` looks at paths of the disk. */
export function describeStack(
  environment: Environment,
  exists: (path: string) => boolean = existsSync,
): NewDevContainer {
  const published = environment.services.flatMap(publishedPorts);
  const ports = published.filter(({ port }, index) => published.findIndex((each) => each.port === port) === index);
  const hasFront = mainService(environment, []) !== undefined && !ports.some(({ port }) => port === 443);
  const front: NewPort = { port: 443, label: `https://${environment.project}.localhost`, protocol: "https" };
  return {
    name: environment.project,
    installs: installsOf(environment, exists),
    ports: hasFront ? [...ports, front] : ports,
  };
}

/** Those with a number of their own; a range or a free port is found by whoever forwards what listens. */
function publishedPorts(service: Service): readonly NewPort[] {
  const web = webPort(service, []);
  return service.ports.flatMap(({ target, published = "", protocol }) =>
    protocol === "tcp" && /^\d+$/.test(published) && Number(published) > 0
      ? [{ port: Number(published), label: service.name, ...(target === web ? { protocol: "http" as const } : {}) }]
      : [],
  );
}

/** By lock file: the package manager that a folder was installed with. */
const managers = [
  ["package-lock.json", (flags: string) => `npm ci${flags && ` --prefix ${flags}`}`],
  ["pnpm-lock.yaml", (folder: string) => `corepack pnpm${folder && ` --dir ${folder}`} install --frozen-lockfile`],
  ["yarn.lock", (folder: string) => `corepack yarn${folder && ` --cwd ${folder}`} install`],
  ["package.json", (folder: string) => `npm install${folder && ` --prefix ${folder}`}`],
] as const;

function installsOf(
  { directory, services }: Environment,
  exists: (path: string) => boolean,
): Readonly<Record<string, string>> {
  const contexts = services.flatMap(({ build }) => (build ? [relative(directory, build.context)] : []));
  const folders = [...new Set(["", ...contexts])].filter(
    (folder) => !folder.startsWith("..") && exists(join(directory, folder, "package.json")),
  );
  return Object.fromEntries(
    folders.flatMap((folder) => {
      const path = folder.split(sep).join("/");
      const found = managers.find(([file]) => exists(join(directory, folder, file)));
      return found ? [[path === "" ? "project" : path, found[1](path)]] : [];
    }),
  );
}
