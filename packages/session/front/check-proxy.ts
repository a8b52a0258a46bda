import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@drydock/core";
import type { FrontPlan } from "@drydock/nginx";
import { execa } from "execa";
import type { StackSource } from "../supervisor.ts";
import { type ProxyQuestion, planProxy } from "./render-proxy.ts";

const nginx = "nginx";

/** What was found about a rendered front. */
export interface ProxyFinding {
  readonly level: "ok" | "warning" | "problem";
  readonly message: string;
}

/** The version of the nginx on PATH; undefined where there is none. */
export async function nginxVersion(variables: Readonly<Record<string, string>>): Promise<string | undefined> {
  const { stderr, failed } = await execa(nginx, ["-v"], { reject: false, env: variables, extendEnv: false });
  return failed ? undefined : /nginx\/([\d.]+)/.exec(stderr)?.[1];
}

/**
 * Checks one setting of a project's front: its routes, then `nginx -t` of the nginx on PATH, else the embedded edge's reader.
 * @throws DevError NO_COMPOSE_FILE, BAD_CONFIGURATION, NO_DOMAIN
 */
export async function checkProxy(
  source: StackSource,
  question: Omit<ProxyQuestion, "version">,
): Promise<readonly ProxyFinding[]> {
  const version = await nginxVersion(source.variables);
  const { plan, mistakes } = await planProxy(source, { ...question, version: version ?? "99.0.0" });
  const wrong = mistakes.map((message): ProxyFinding => ({ level: "problem", message }));
  const folder = await mkdtemp(join(tmpdir(), "drydock-proxy-"));
  try {
    const file = join(folder, "nginx.conf");
    if (version === undefined) {
      await writeFile(file, await textToCheck({ ...plan, listen: ["127.0.0.1:0"], plainListen: [] }, folder));
      return [...wrong, ...(await readByEdge(file))];
    }
    // `nginx -t` opens the sockets: it must not need a port that is in use, or that root alone may have.
    const sockets = (addresses: readonly string[], name: string) =>
      addresses.map((_, index) => `unix:${folder}/${name}-${index}.sock`);
    const listening = { listen: sockets(plan.listen, "https"), plainListen: sockets(plan.plainListen, "http") };
    await writeFile(file, await textToCheck({ ...plan, ...listening }, folder));
    return [...wrong, ...(await askNginx(file, folder, version, source.variables))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same text with what is not on this machine replaced: certificates, logs, names of services. */
async function textToCheck(plan: FrontPlan, folder: string): Promise<string> {
  const [{ renderFront }, { keepCertificate }] = await Promise.all([
    import("@drydock/nginx"),
    import("@drydock/certs"),
  ]);
  const path = join(folder, "check.pem");
  await keepCertificate(join(folder, "authority"), [], { path, names: ["localhost"] }, systemClock);
  const here = { host: "127.0.0.1", port: 9 };
  const sites = plan.sites.map((site) => ({
    ...site,
    routes: site.routes.map((route) =>
      route.answer.kind === "service"
        ? { ...route, answer: { ...route.answer, upstream: { ...route.answer.upstream, servers: [here] } } }
        : route,
    ),
  }));
  const text = renderFront({ ...plan, certificate: path, key: path, accessLog: join(folder, "access.log"), sites });
  return `pid ${folder}/nginx.pid;\nerror_log stderr;\n${text}`;
}

async function askNginx(
  file: string,
  folder: string,
  version: string,
  variables: Readonly<Record<string, string>>,
): Promise<readonly ProxyFinding[]> {
  const words = ["-t", "-e", "stderr", "-p", folder, "-c", file];
  const { failed, stderr } = await execa(nginx, words, { reject: false, env: variables, extendEnv: false });
  if (!failed) return [{ level: "ok", message: `nginx ${version} takes it` }];
  const lines = stderr.split("\n").filter((line) => /\[(?:emerg|alert|crit|error)\]/.test(line));
  return lines.map((line) => ({ level: "problem", message: line.replace(`${folder}/`, "") }));
}

async function readByEdge(file: string): Promise<readonly ProxyFinding[]> {
  const { startEdge } = await import("@drydock/edge");
  const edge = await startEdge({ configuration: file, log: () => undefined });
  const notices = edge.notices.map((message): ProxyFinding => ({ level: "warning", message }));
  await edge.stop(0);
  return [{ level: "ok", message: "The embedded edge takes it (nginx is not on PATH)" }, ...notices];
}
