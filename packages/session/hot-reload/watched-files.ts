import { type Environment, findService, isOneShot } from "@drydock/core";
import type { Edit, WatchedService } from "@drydock/watch";
import { webPort } from "../front/web-ports.ts";
import type { Session } from "../session.ts";

/** What edits of files that only browsers are given are told as. */
const browserName = "browser";

/** All that is watched of a stack, with the rules that it is watched by. `pages`: absolute folders whose files browsers are given. */
export async function watchedFilesOf(
  environment: Environment,
  pages: readonly string[],
): Promise<readonly WatchedService[]> {
  const { readWatchedPages, readWatchedService } = await import("@drydock/watch");
  // A one-shot is done: it runs again only where the Compose file says on which change.
  const follows = environment.services.filter(
    (service) => service.watch.length > 0 || !isOneShot(service.name, environment.services),
  );
  const services = await Promise.all(follows.map((service) => readWatchedService(service, environment, pages)));
  const others = pages.filter((folder) => !services.some((service) => isFollowed(service, folder)));
  const browser = await readWatchedPages(browserName, others, environment);
  return [...services, browser].filter(({ rules }) => rules.length > 0);
}

/** A service's own rules say what a change of this folder leads to. */
const isFollowed = ({ rules }: WatchedService, folder: string): boolean =>
  rules.some((rule) => isWithin(folder, rule.path) && rule.isWanted(folder));

/** Whether every rule above a path leaves it out, and none lies in it. */
export function isLeftOutByAll(services: readonly WatchedService[], path: string): boolean {
  const rules = services.flatMap((service) => service.rules);
  if (rules.some((rule) => isWithin(rule.path, path))) return false;
  const above = rules.filter((rule) => isWithin(path, rule.path));
  return above.length > 0 && above.every((rule) => !rule.isWanted(path));
}

/** Whether browsers may show what was edited: their files, or something of a service that answers them. */
export function areOnPages(edits: readonly Edit[], { stack, board }: Session): boolean {
  return edits.some((edit) => {
    const service = findService(stack.environment, edit.service);
    return service === undefined ? edit.service === browserName : webPort(service, board.all) !== undefined;
  });
}

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
