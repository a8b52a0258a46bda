import { type Directive, unquote } from "../directive.ts";
import { written } from "./advise.ts";
import type { BlockPair } from "./compare-facets.ts";
import { effective } from "./facets.ts";
import type { ParityLine } from "./parity-line.ts";

const heavy: ReadonlySet<string> = new Set(["strict-transport-security", "host", "access-control-allow-origin"]);
const light: ReadonlySet<string> = new Set(["x-request-id", "server", "x-powered-by"]);

/** One line for each header that is added to answers, and for each that is set for services, on at least one side; of the directives that are asked for. */
export function compareHeaders(pair: BlockPair, isAsked: (directive: string) => boolean): readonly ParityLine[] {
  return ["add_header", "proxy_set_header", "proxy_hide_header"].filter(isAsked).flatMap((directive) => {
    const theirs = byName(effective(pair.levels.theirs, directive));
    const ours = byName(effective(pair.levels.ours, directive));
    const names = [...new Set([...theirs.keys(), ...ours.keys()])];
    return names.map((name) => compareHeader(directive, name, theirs.get(name), ours.get(name), pair));
  });
}

function byName(all: readonly Directive[]): ReadonlyMap<string, Directive> {
  return new Map(all.map((each) => [unquote(each.words[0] ?? "").toLowerCase(), each] as const));
}

function compareHeader(
  directive: string,
  name: string,
  theirs: Directive | undefined,
  ours: Directive | undefined,
  { site, location, place, advise }: BlockPair,
): ParityLine {
  const value = (at: Directive | undefined) => at?.words.slice(1).map(unquote).join(" ") || (at ? "set" : undefined);
  const isSame = meaningOf(name, value(theirs)) === meaningOf(name, value(ours));
  // HSTS is what the guideline says here; all else is production's to decide.
  const isTheirs = name === "strict-transport-security";
  const advice = isTheirs
    ? ours
      ? advise.production(written(ours), theirs?.place ?? place.theirs)
      : undefined
    : theirs
      ? advise.here(
          directive,
          written(theirs),
          ours ? written(ours) : "nothing of it",
          ours?.place ?? place.ours,
          theirs.place,
        )
      : ours && advise.production(written(ours), place.theirs);
  const shown = theirs ?? ours;
  return {
    site,
    location,
    topic: `${directive} ${unquote(shown?.words[0] ?? name)}`,
    isSame,
    weight: heavy.has(name) ? 3 : light.has(name) ? 1 : 2,
    theirs: { text: value(theirs) ?? "not set", place: theirs?.place },
    ours: { text: value(ours) ?? "not set", place: ours?.place },
    advice: isSame ? undefined : advice,
  };
}

/** `$http_host` and `$host` say the same of a browser's request; `includeSubDomains` cannot be said at localhost. */
function meaningOf(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (name === "host" || name === "x-forwarded-host") return value.replace("$http_host", "$host");
  if (name !== "strict-transport-security") return value;
  const age = /max-age=(\d+)/i.exec(value)?.[1];
  return `max-age=${age ?? "0"}${/always/.test(value) ? " always" : ""}`;
}
