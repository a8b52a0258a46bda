import { type Environment, type Service, serverOfImage } from "@drydock/core";
import type { Settings } from "@drydock/settings";
import { planProduction } from "../front/production-place.ts";
import { mainService } from "../front/web-ports.ts";

type Nginx = typeof import("@drydock/nginx");
type Directives = ReturnType<Nginx["readDirectives"]>["directives"];

/** Our side of a comparison. */
export interface OurConfiguration {
  readonly directives: Directives;
  /** The front as it is rendered, or a file of the team. */
  readonly kind: "rendered" | "file";
  /** In words. */
  readonly name: string;
  readonly notices: readonly string[];
}

/** What lines of the rendered front are called. */
const renderedName = "front";

/**
 * What this stack would serve at a domain: the front as `dev proxy render --for production` prints it; where the settings give no routes and the stack's entrance is an nginx
 * service with a configuration of its own, that, with the front's TLS before it.
 * @throws DevError NGINX_SYNTAX
 */
export async function ourConfiguration(
  environment: Environment,
  settings: Settings,
  domain: string,
): Promise<OurConfiguration> {
  const { layerFront, readDirectives, readMountedNginx, renderFront } = await import("@drydock/nginx");
  const { plan, mistakes } = planProduction(environment, settings, newest, domain);
  const front = readDirectives(renderFront(plan), renderedName).directives;
  const entrance = settings.routes.length === 0 ? nginxEntrance(environment) : undefined;
  const sources = entrance ? await mountedSources(entrance) : [];
  if (!entrance || sources.length === 0)
    return {
      directives: front,
      kind: "rendered",
      name: `the front (${renderedName}:LINE is a line of \`dev proxy render --for production\`)`,
      notices: mistakes,
    };
  const notices: string[] = [];
  const own = readMountedNginx(
    sources.map((each) => ({ ...each, hostPath: shortPath(each.hostPath, environment.directory) })),
    notices,
  );
  return {
    directives: layerFront(front, own),
    kind: "file",
    name: `the service ${entrance.name} with the front before it (${renderedName}:LINE is a line of \`dev proxy render --for production\`)`,
    notices,
  };
}

// What production's nginx can do is not asked: the newest words are compared.
const newest = "99.0.0";

function nginxEntrance(environment: Environment): Service | undefined {
  const main = mainService(environment, []);
  return main?.image !== undefined && serverOfImage(main.image) === "nginx" ? main : undefined;
}

async function mountedSources({ mounts, ...service }: Service) {
  const { readNginxSources } = await import("@drydock/processes");
  const mappings = mounts.flatMap(({ kind, source, target }) =>
    kind === "bind" && source !== undefined ? [{ source, target }] : [],
  );
  return readNginxSources({ ...service, mounts }, mappings);
}

const shortPath = (path: string, directory: string): string =>
  path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : path;
