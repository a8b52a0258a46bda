import type { Instance } from "@drydock/core";
import type { FrontPlan } from "@drydock/nginx";
import { withCheckoutName } from "../checkout-name.ts";
import { noComposeFile } from "../errors.ts";
import { findStateFolder } from "../find-project.ts";
import { loadProject } from "../load-project.ts";
import type { StackSource } from "../supervisor.ts";
import { frontFolder } from "./front-folder.ts";
import { frontPortsFile } from "./front-ports.ts";
import { planLocalSites } from "./local-place.ts";
import { planProduction } from "./production-place.ts";

/** Which of a front's two settings is asked for. */
export interface ProxyQuestion {
  readonly setting: "local" | "production";
  /** Production's; undefined: the settings'. */
  readonly domain: string | undefined;
  /** Of the nginx that is to read it: `1.30.0`. */
  readonly version: string;
  /** What runs on this machine now, for `local`. */
  readonly instances: readonly Instance[];
}

/** A front as nginx's configuration, and what in the routes cannot be. */
export interface RenderedProxy {
  readonly text: string;
  readonly mistakes: readonly string[];
}

/** Renders a project's front, as it is served here or would be in production. @throws DevError NO_COMPOSE_FILE, BAD_CONFIGURATION, NO_DOMAIN */
export async function renderProxy(source: StackSource, question: ProxyQuestion): Promise<RenderedProxy> {
  const { renderFront } = await import("@drydock/nginx");
  const { plan, mistakes } = await planProxy(source, question);
  return { text: renderFront(plan), mistakes };
}

/** The plan behind it. @throws as renderProxy */
export async function planProxy(
  source: StackSource,
  { setting, domain, version, instances }: ProxyQuestion,
): Promise<{ readonly plan: FrontPlan; readonly mistakes: readonly string[] }> {
  const folder = findStateFolder(source);
  if (!folder) throw noComposeFile(source.directory);
  const { environment, settings } = await loadProject(withCheckoutName(source, folder), []);
  if (setting === "production") return planProduction(environment, settings, version, domain);
  const { sites, mistakes } = planLocalSites(environment, settings, instances);
  const { https = 8443, http } = frontPortsFile(folder.directory).read();
  const { certificate, accessLog } = frontFolder(folder.directory);
  const plan: FrontPlan = {
    version,
    listen: [`127.0.0.1:${https}`, `[::1]:${https}`],
    plainListen: http === undefined ? [] : [`127.0.0.1:${http}`, `[::1]:${http}`],
    certificate,
    key: certificate,
    accessLog,
    sites,
    generation: undefined,
    resolver: undefined,
  };
  return { plan, mistakes };
}
