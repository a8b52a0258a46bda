import type { Directive, Place } from "../directive.ts";
import { type Adviser, written } from "./advise.ts";
import { type Facet, facetDirectives } from "./facets.ts";
import type { ParityLine } from "./parity-line.ts";

/** Two blocks that are compared, the innermost level first. */
export interface BlockPair {
  readonly site: string;
  readonly location: string | undefined;
  readonly levels: {
    readonly theirs: readonly (readonly Directive[])[];
    readonly ours: readonly (readonly Directive[])[];
  };
  /** Where each block begins. */
  readonly place: { readonly theirs: Place | undefined; readonly ours: Place | undefined };
  readonly advise: Adviser;
}

/** One line for each facet that at least one side says something about. */
export function compareFacets(facets: readonly Facet[], pair: BlockPair): readonly ParityLine[] {
  return facets.flatMap((facet) => compareFacet(facet, pair) ?? []);
}

function compareFacet(facet: Facet, { site, location, levels, place, advise }: BlockPair): ParityLine | undefined {
  const theirs = spoken(facetDirectives(levels.theirs, facet.directive));
  const ours = spoken(facetDirectives(levels.ours, facet.directive));
  if (theirs.length === 0 && ours.length === 0) return undefined;
  const usual: readonly Directive[] =
    facet.otherwise === "" ? [] : [{ name: facet.directive, words: facet.otherwise.split(" ") }];
  const meaning = (all: readonly Directive[]) => facet.meaning(all.length > 0 ? all : usual);
  const isSame = meaning(theirs) === meaning(ours);
  const text = (all: readonly Directive[]) =>
    all.length > 0
      ? all.map(({ words }) => words.join(" ")).join("; ")
      : facet.otherwise === ""
        ? "not set"
        : `${facet.otherwise} (nginx's default)`;
  const lineOf = (all: readonly Directive[]) => (all.length > 0 ? all : usual).map(written).join(" ");
  const said = { theirs: lineOf(theirs), ours: lineOf(ours) };
  const at = { theirs: theirs[0]?.place ?? place.theirs, ours: ours[0]?.place ?? place.ours };
  const inProduction = at.theirs ? ` in ${at.theirs.file}:${at.theirs.line}` : "";
  const advice =
    facet.side === "theirs"
      ? ours.length === 0 && usual.length === 0
        ? `remove \`${said.theirs}\` in production`
        : advise.production(said.ours, at.theirs)
      : theirs.length === 0
        ? `remove \`${said.ours}\` here, or write it${inProduction} too`
        : advise.here(facet.directive, said.theirs, said.ours || "nothing", at.ours, at.theirs);
  return {
    site,
    location,
    topic: facet.directive,
    isSame,
    weight: facet.weight,
    theirs: { text: text(theirs), place: theirs[0]?.place },
    ours: { text: text(ours), place: ours[0]?.place },
    advice: isSame ? undefined : advice,
  };
}

/** Names of named locations are each side's own; and the page for plain HTTP at a port for TLS is a topic of its own. */
function spoken(all: readonly Directive[]): readonly Directive[] {
  return all
    .filter(({ name, words }) => name !== "error_page" || words[0] !== "497")
    .map((each) =>
      each.name === "error_page" ? { ...each, words: each.words.map((word) => word.replace(/^@.*/, "@page")) } : each,
    );
}
