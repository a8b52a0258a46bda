import { type Directive, unquote } from "../directive.ts";
import { written } from "./advise.ts";
import type { BlockPair } from "./compare-facets.ts";
import type { Comparison } from "./comparison.ts";
import { effective } from "./facets.ts";
import type { ParityLine } from "./parity-line.ts";
import type { ConfigurationView } from "./views.ts";

/** How many requests a location takes: each zone's rate and burst, whatever the zones are called. */
export function compareLimits(
  { site, location, levels, place, advise }: BlockPair,
  { theirAll, ourAll }: Comparison,
): readonly ParityLine[] {
  const theirs = effective(levels.theirs, "limit_req");
  const ours = effective(levels.ours, "limit_req");
  if (theirs.length === 0 && ours.length === 0) return [];
  const text = (all: readonly Directive[], view: ConfigurationView) =>
    all
      .map((each) => limitText(each, view))
      .toSorted()
      .join("; ") || "no limit";
  const [their, our] = [text(theirs, theirAll), text(ours, ourAll)];
  const isSame = their === our;
  const line: ParityLine = {
    site,
    location,
    topic: "limit_req",
    isSame,
    weight: 2,
    theirs: { text: their, place: theirs[0]?.place ?? place.theirs },
    ours: { text: our, place: ours[0]?.place ?? place.ours },
    advice: isSame
      ? undefined
      : theirs[0]
        ? advise.here(
            "limit_req",
            written(theirs[0]),
            ours.map(written).join(" ") || "no limit_req",
            ours[0]?.place ?? place.ours,
            theirs[0].place,
          )
        : advise.production(ours.map(written).join(" "), place.theirs),
  };
  return [line];
}

function limitText({ words }: Directive, { zones }: ConfigurationView): string {
  const all = words.map(unquote);
  const of = (list: readonly string[], key: string) =>
    list.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);
  const zone = zones.get(of(all, "zone")?.split(":")[0] ?? "");
  const zoneWords = zone?.words.map(unquote) ?? [];
  const delay = all.includes("nodelay")
    ? " nodelay"
    : of(all, "delay") === undefined
      ? ""
      : ` delay=${of(all, "delay")}`;
  return `${of(zoneWords, "rate") ?? "?"} a ${zoneWords[0] ?? "?"}, burst ${of(all, "burst") ?? "0"}${delay}`;
}
