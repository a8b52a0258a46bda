import type { ConfigurationView, ServerView } from "./views.ts";

/** What answers at one host name, over TLS where it can, and over plain HTTP. */
export interface SiteView {
  readonly name: string;
  /** The one that serves: the one with TLS where there is one that does more than to send on. */
  readonly main: ServerView;
  /** What plain HTTP gets; undefined when nothing listens for it. */
  readonly plain: ServerView | undefined;
}

/** A site of production and the same here; `ours` undefined: there is none here. */
export interface SitePair {
  readonly theirs: SiteView | undefined;
  readonly ours: SiteView | undefined;
}

/** Every host name of a configuration with what answers there; one without names counts as one site. */
export function sitesOf({ servers }: ConfigurationView): readonly SiteView[] {
  const named = [...new Set(servers.flatMap(({ names }) => names))];
  // A server without names takes what no other has: with others beside it, it is a backstop.
  const all = named.length > 0 ? named : [""];
  return all.flatMap((name) => {
    const own = servers.filter(({ names }) => names.includes(name) || (name === "" && names.length === 0));
    const isTls = (server: ServerView) => server.listens.some(({ isSsl }) => isSsl);
    const isPlain = (server: ServerView) =>
      server.listens.length === 0 || server.listens.some(({ isSsl, isQuic }) => !isSsl && !isQuic);
    const main = own.find((server) => isTls(server)) ?? own[0];
    if (!main) return [];
    const backstop = servers.find((server) => server.names.length === 0 && isPlain(server));
    const plain = own.find(isPlain) ?? backstop;
    return [{ name, main, plain }];
  });
}

/**
 * Pairs sites by name, then by the names' place below their shortest common one: `api.shop.example` is `api.shop.localhost`. With one site on each side they are a
 * pair whatever they are called. A name that only sends to another one here and is missing there stays alone.
 */
export function pairSites(theirs: readonly SiteView[], ours: readonly SiteView[]): readonly SitePair[] {
  const [onlyTheirs, onlyOurs] = [theirs[0], ours[0]];
  if (onlyTheirs && onlyOurs && theirs.length === 1 && ours.length === 1)
    return [{ theirs: onlyTheirs, ours: onlyOurs }];
  const relative = (sites: readonly SiteView[]) => {
    const base = shortest(sites.map(({ name }) => name));
    return (name: string) => (name === base ? "" : name.endsWith(`.${base}`) ? name.slice(0, -base.length) : name);
  };
  const [ofTheirs, ofOurs] = [relative(theirs), relative(ours)];
  const left = new Set(ours);
  const pairs = theirs.map((site): SitePair => {
    const found =
      [...left].find(({ name }) => name === site.name) ??
      [...left].find(({ name }) => ofOurs(name) === ofTheirs(site.name));
    if (found) left.delete(found);
    return { theirs: site, ours: found };
  });
  return [...pairs, ...[...left].map((site): SitePair => ({ theirs: undefined, ours: site }))];
}

/** The name that the others stand below: the one with the fewest labels, the first of equals. */
export function shortest(names: readonly string[]): string {
  const labels = (name: string) => name.split(".").length;
  return names.reduce((best, name) => (best === "" || labels(name) < labels(best) ? name : best), "");
}
