import { createServer } from "node:net";
import { DevError, type Environment } from "@drydock/core";
import { findStateFolder } from "../find-project.ts";
import { loadStack } from "../load-stack.ts";
import { socketPath } from "../socket-path.ts";
import { identify } from "../wire/client.ts";
import type { Check, Finding } from "./finding.ts";

/** The Compose files, who supervises them, and who holds the ports that they publish. */
export const checkStack: Check = async (source) => {
  const folder = findStateFolder(source);
  if (!folder) return [{ check: "stack", level: "warning", message: "There is no Compose file here", fix: "dev init" }];
  const identity = await identify(socketPath(folder.directory));
  const supervisor: Finding = {
    check: "supervisor",
    level: "ok",
    message: identity
      ? `drydock ${identity.version} supervises (process ${identity.pid})`
      : "Nothing is supervised now",
  };
  try {
    const { environment } = loadStack(source);
    const stack: Finding = {
      check: "stack",
      level: "ok",
      message: `${environment.project}: ${environment.services.length} services`,
    };
    return [stack, supervisor, ...(identity ? [] : await checkPorts(environment))];
  } catch (error) {
    if (!(error instanceof DevError)) throw error;
    const details = error.problems.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
    return [
      {
        check: "stack",
        level: "problem",
        message: error.message,
        details,
        fix: "Mend these lines; `dev config` shows them.",
      },
      supervisor,
    ];
  }
};

async function checkPorts(environment: Environment): Promise<readonly Finding[]> {
  const { findPortHolder } = await import("@drydock/processes");
  const ports = environment.services.flatMap((service) =>
    service.ports.flatMap(({ published, protocol }) =>
      protocol === "tcp" && /^\d+$/.test(published ?? "") ? [{ service: service.name, port: Number(published) }] : [],
    ),
  );
  return Promise.all(
    ports.map(async ({ service, port }): Promise<Finding> => {
      if (await isFree(port)) return { check: "ports", level: "ok", message: `Port ${port} is free for ${service}` };
      const holder = await findPortHolder(port);
      return {
        check: "ports",
        level: "warning",
        message: `Port ${port}, wanted by ${service}, is held by ${holder}; another one will be taken`,
        fix: `Stop it, or give ${service} another port in the Compose file.`,
      };
    }),
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code === "EACCES"));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
