import type { Directive } from "../directive.ts";
import { type Adviser, adviser, type OursKind } from "./advise.ts";
import { type BlockPair, compareFacets } from "./compare-facets.ts";
import { compareHeaders } from "./compare-headers.ts";
import { compareLocation, missingLocation } from "./compare-locations.ts";
import type { Comparison } from "./comparison.ts";
import { locationFacets, serverFacets, tlsFacets } from "./facets.ts";
import { inherits, pairLocations } from "./pair-locations.ts";
import { pairSites, type SitePair, type SiteView, sitesOf } from "./pair-servers.ts";
import type { ParityLine } from "./parity-line.ts";
import { plainAnswer } from "./plain-answer.ts";
import { type ConfigurationView, type ServerView, viewConfiguration } from "./views.ts";

/**
 * Compares production's configuration with ours, by what it means: site by site, location by location, with what is inherited and nginx's defaults. A thing that neither side
 * says is no line. Pure.
 */
export function compareConfigurations(
  theirs: readonly Directive[],
  ours: readonly Directive[],
  kind: OursKind,
): readonly ParityLine[] {
  const theirAll = viewConfiguration(theirs);
  const ourAll = viewConfiguration(ours);
  const advise = adviser(kind);
  const pairs = pairSites(sitesOf(theirAll), sitesOf(ourAll));
  // Several names of one server are compared once.
  const isFirst = (pair: SitePair, index: number) =>
    pairs.findIndex(
      (other) =>
        other.theirs !== undefined &&
        other.ours !== undefined &&
        other.theirs.main === pair.theirs?.main &&
        other.ours.main === pair.ours?.main,
    ) === index;
  return pairs
    .filter((pair, index) => !pair.theirs || !pair.ours || isFirst(pair, index))
    .flatMap((pair) => comparePair(pair, theirAll, ourAll, advise));
}

function comparePair(
  { theirs, ours }: SitePair,
  theirAll: ConfigurationView,
  ourAll: ConfigurationView,
  advise: Adviser,
): readonly ParityLine[] {
  const site = (theirs ?? ours)?.name || "any name";
  if (!theirs || !ours) return [missingSite(site, theirs, ours, advise)];
  const comparison: Comparison = { site, theirs: theirs.main, ours: ours.main, theirAll, ourAll, advise };
  const isTls = [theirs, ours].every(({ main }) => main.listens.some(({ isSsl }) => isSsl));
  const pairs = pairLocations(theirs.main, ours.main);
  const block: BlockPair = {
    site,
    location: undefined,
    levels: { theirs: theirs.main.levels, ours: ours.main.levels },
    place: { theirs: theirs.main.place, ours: ours.main.place },
    advise,
  };
  // What every location says itself, nobody inherits from the server.
  const isInherited = (directive: string) => pairs.some((each) => inherits(each, directive));
  return [
    ...listening(theirs, ours, site, advise),
    ...(isTls ? compareFacets(tlsFacets, block) : []),
    ...compareFacets(serverFacets, block),
    ...compareFacets(
      locationFacets.filter(({ directive }) => isInherited(directive)),
      block,
    ),
    ...compareHeaders(block, isInherited),
    ...pairs.flatMap((each) =>
      each.theirs && each.ours ? compareLocation(each, comparison) : [missingLocation(each, comparison)],
    ),
  ];
}

function missingSite(
  site: string,
  theirs: SiteView | undefined,
  ours: SiteView | undefined,
  advise: Adviser,
): ParityLine {
  const value = (view: SiteView | undefined) => ({
    text: view ? "is served" : "is not served",
    place: view?.main.place,
  });
  return {
    site,
    location: undefined,
    topic: "site",
    isSame: false,
    weight: 3,
    theirs: value(theirs),
    ours: value(ours),
    advice: theirs ? advise.missingSite(site, theirs.main.place) : undefined,
  };
}

// Where ours does nothing, it is ours to change; else ours follows the guideline.
const lacks = new Set(["off", "nothing", "served"]);

/** What is listened for: TLS, its versions of HTTP, and what plain HTTP gets. */
function listening(theirs: SiteView, ours: SiteView, site: string, advise: Adviser): readonly ParityLine[] {
  const line = (topic: string, weight: ParityLine["weight"], read: (view: SiteView) => string, write: string) => {
    const [their, our] = [read(theirs), read(ours)];
    const isSame = their === our;
    return {
      site,
      location: undefined,
      topic,
      isSame,
      weight,
      theirs: { text: their, place: (topic === "plain HTTP" ? theirs.plain : theirs.main)?.place },
      ours: { text: our, place: (topic === "plain HTTP" ? ours.plain : ours.main)?.place },
      advice: isSame
        ? undefined
        : lacks.has(our)
          ? advise.here(topic, write, our, ours.main.place, theirs.main.place)
          : advise.production(write, (topic === "plain HTTP" ? theirs.plain : theirs.main)?.place),
    };
  };
  const flag = (has: (listen: ServerView["listens"][number]) => boolean) => (view: SiteView) =>
    view.main.listens.some(has) ? "on" : "off";
  const all = [
    line(
      "HTTPS",
      3,
      flag(({ isSsl }) => isSsl),
      "listen 443 ssl;",
    ),
    line(
      "HTTP/2",
      2,
      flag(({ isHttp2 }) => isHttp2),
      "http2 on;",
    ),
    line(
      "HTTP/3",
      1,
      flag(({ isQuic }) => isQuic),
      "listen 443 quic;",
    ),
    line("plain HTTP", 3, ({ plain }) => plainAnswer(plain), "return 308 https://$host$request_uri;"),
  ];
  return all.filter(({ theirs: { text }, ours: other }) => text !== "off" || other.text !== "off");
}
