import { isAbsolute, join } from "node:path";
import { type Service, serverOfImage } from "@drydock/core";
import type { Session } from "../session.ts";

/**
 * The folders of this machine whose files browsers are given as they are, absolute: those of the settings' routes, and what the configuration of an nginx service
 * names as `root` or `alias`. None where no page would be reloaded. A configuration that cannot be read names none: whoever serves it says why.
 */
export async function staticFolders({ stack, front }: Session): Promise<readonly string[]> {
  const { environment, settings } = stack;
  if (!front || !settings.front.isOn || !settings.reload.reloadsPages) return [];
  const routed = settings.routes.flatMap(({ answer }) => (answer.kind === "folder" ? [answer.folder] : []));
  const proxies = environment.services.filter(({ image }) => image !== undefined && serverOfImage(image) === "nginx");
  const served = await Promise.all(proxies.map((service) => rootsOf(service).catch(() => [])));
  const all = [...routed, ...served.flat()].map((path) =>
    isAbsolute(path) ? path : join(environment.directory, path),
  );
  return [...new Set(all.map((path) => path.replace(/(?<=.)\/+$/, "")))];
}

async function rootsOf(service: Service): Promise<readonly string[]> {
  const mappings = service.mounts.flatMap(({ kind, source, target }) =>
    kind === "bind" && source !== undefined ? [{ source, target }] : [],
  );
  // Most mount a configuration alone: nothing of theirs is a page.
  const content = mappings.filter(({ target }) => !/^\/etc\/nginx(\/|$)/.test(target));
  if (content.length === 0) return [];
  const [{ mapPath, readNginxSources }, { readMountedNginx, staticPaths }] = await Promise.all([
    import("@drydock/processes"),
    import("@drydock/nginx"),
  ]);
  const directives = readMountedNginx(await readNginxSources(service, mappings), []);
  return staticPaths(directives).flatMap((path) => mapPath(path, content) ?? []);
}
