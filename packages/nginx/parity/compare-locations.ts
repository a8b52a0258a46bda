import { written } from "./advise.ts";
import { type BlockPair, compareFacets } from "./compare-facets.ts";
import { compareHeaders } from "./compare-headers.ts";
import { compareLimits } from "./compare-limits.ts";
import type { Comparison } from "./comparison.ts";
import { effective, locationFacets } from "./facets.ts";
import { inherits, type LocationPair } from "./pair-locations.ts";
import type { ParityLine } from "./parity-line.ts";
import { isSameTarget, viewTarget } from "./targets.ts";
import type { LocationView } from "./views.ts";

/** One location on both sides: what answers there, and what it says itself of headers, times and limits. What it inherits is the server's to compare. */
export function compareLocation(both: LocationPair, comparison: Comparison): readonly ParityLine[] {
  const { label, theirs, ours } = both;
  if (!theirs || !ours) return [];
  const { site, advise } = comparison;
  const pair: BlockPair = {
    site,
    location: label,
    levels: { theirs: theirs.levels, ours: ours.levels },
    place: { theirs: theirs.place, ours: ours.place },
    advise,
  };
  const isSaid = (directive: string) => !inherits(both, directive);
  return [
    ...comparePass(theirs, ours, comparison, label),
    ...compareFacets(
      locationFacets.filter(({ directive }) => isSaid(directive)),
      pair,
    ),
    ...compareLimits(pair, comparison),
    ...compareHeaders(pair, isSaid),
  ];
}

function comparePass(
  theirs: LocationView,
  ours: LocationView,
  { site, theirAll, ourAll, advise }: Comparison,
  location: string,
): readonly ParityLine[] {
  const [their, our] = [theirs, ours].map(({ levels }) => effective(levels.slice(0, 1), "proxy_pass")[0]);
  if (!their && !our) return [];
  const [from, to] = [viewTarget(their, theirAll), viewTarget(our, ourAll)];
  const isSame = isSameTarget(from, to);
  const line: ParityLine = {
    site,
    location,
    topic: "proxy_pass",
    isSame,
    weight: 3,
    theirs: { text: from?.text ?? "passes nothing on", place: their?.place ?? theirs.place },
    ours: { text: to?.text ?? "passes nothing on", place: our?.place ?? ours.place },
    advice:
      isSame || !their
        ? undefined
        : advise.here("proxy_pass", written(their), our ? written(our) : "", our?.place ?? ours.place, their.place),
  };
  if (!from || !to) return [line];
  const isBalanced = from.balance === to.balance;
  if (isBalanced && from.balance === "round-robin") return [line];
  const balance: ParityLine = {
    ...line,
    topic: "balance",
    isSame: isBalanced,
    weight: 2,
    theirs: { text: from.balance, place: their?.place },
    ours: { text: to.balance, place: our?.place },
    advice: isBalanced
      ? undefined
      : advise.here("balance", `${from.balance};`, `${to.balance};`, our?.place, their?.place),
  };
  return [line, balance];
}

/** A location that only one side has. */
export function missingLocation(
  { label, theirs, ours }: LocationPair,
  { site, advise, ...comparison }: Comparison,
): ParityLine {
  const value = (view: LocationView | undefined) => ({
    text: view ? doesOf(view) : "no such location",
    place: view?.place,
  });
  return {
    site,
    location: label,
    topic: "location",
    isSame: false,
    weight: 3,
    theirs: value(theirs),
    ours: value(ours),
    advice: theirs
      ? advise.missingLocation(label, doesOf(theirs), comparison.ours.place)
      : `remove it here, or add it to production${comparison.theirs.place ? ` in the server of ${comparison.theirs.place.file}:${comparison.theirs.place.line}` : ""}`,
  };
}

/** What a location does, in its own words. */
function doesOf({ levels }: LocationView): string {
  const names = ["proxy_pass", "return", "rewrite", "try_files", "alias", "root", "fastcgi_pass", "grpc_pass"];
  const own = (levels[0] ?? []).find(({ name }) => names.includes(name));
  return own ? written(own) : "serves files";
}
