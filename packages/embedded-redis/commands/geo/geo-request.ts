import type { CommandContext } from "../../server/command-context.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { float, integer } from "../numbers.ts";
import { OptionReader } from "../options.ts";
import { type Coordinates, decodeScore } from "./geo-hash.ts";
import { readCoordinates, unitInMetres } from "./geo-units.ts";

/** What is searched; lengths in metres. */
export type GeoShape =
  | { readonly kind: "circle"; readonly radius: number }
  | { readonly kind: "box"; readonly width: number; readonly height: number };

/** A search by GEOSEARCH or GEORADIUS. */
export interface GeoRequest {
  readonly center: Coordinates;
  readonly shape: GeoShape;
  /** Metres of the unit in which distances are given. */
  readonly unit: number;
  readonly order: "ASC" | "DESC" | undefined;
  /** 0 for all. */
  readonly count: number;
  readonly isAny: boolean;
  readonly isWithDistance: boolean;
  readonly isWithHash: boolean;
  readonly isWithCoordinates: boolean;
  readonly store: string | undefined;
  readonly isStoringDistance: boolean;
  readonly storeEvent: string;
}

type Draft = { -readonly [Key in keyof GeoRequest]?: GeoRequest[Key] };

/** The coordinates of a member; undefined when there is no such key. @throws CommandError for a member that is missing */
function memberCoordinates(context: CommandContext, key: string, member: string): Coordinates | undefined {
  const set = findValue(context, key, "sortedSet");
  if (set === undefined) return undefined;
  const score = set.score(member);
  if (score === undefined) throw new CommandError("ERR could not decode requested zset member");
  return decodeScore(score);
}

const readLength = (text: string, what: string): number =>
  float(text, () => new CommandError(`ERR need numeric ${what}`));

function readRadiusLength(text: string): number {
  const radius = readLength(text, "radius");
  if (radius < 0) throw new CommandError("ERR radius cannot be negative");
  return radius;
}

function readSides(options: OptionReader): readonly [width: number, height: number] {
  const sides = [readLength(options.value(), "width"), readLength(options.value(), "height")] as const;
  if (Math.min(...sides) < 0) throw new CommandError("ERR height or width cannot be negative");
  return sides;
}

/** Takes an option that GEOSEARCH and GEORADIUS share; false when the next word is none. */
function takeCommon(options: OptionReader, draft: Draft, isStoring: boolean): boolean {
  if (options.take("ASC")) draft.order = "ASC";
  else if (options.take("DESC")) draft.order = "DESC";
  else if (options.take("ANY")) draft.isAny = true;
  else if (options.take("COUNT")) {
    draft.count = integer(options.value());
    if (draft.count <= 0) throw new CommandError("ERR COUNT must be > 0");
  } else if (!isStoring && options.take("WITHDIST")) draft.isWithDistance = true;
  else if (!isStoring && options.take("WITHHASH")) draft.isWithHash = true;
  else if (!isStoring && options.take("WITHCOORD")) draft.isWithCoordinates = true;
  else return false;
  return true;
}

function complete(
  draft: Draft,
  center: Coordinates | undefined,
  shape: GeoShape,
  unit: number,
  storeEvent: string,
): GeoRequest | undefined {
  const { count = 0, isAny = false, isWithDistance = false, isWithHash = false, isWithCoordinates = false } = draft;
  if (isAny && count === 0) throw new CommandError("ERR the ANY argument requires COUNT argument");
  const { order, store, isStoringDistance = false } = draft;
  const where = { center: center ?? { longitude: 0, latitude: 0 }, shape, unit };
  return {
    ...where,
    order,
    count,
    isAny,
    isWithDistance,
    isWithHash,
    isWithCoordinates,
    store,
    isStoringDistance,
    storeEvent,
  };
}

/** Reads GEOSEARCH from index `at` on. */
export function readSearch(
  context: CommandContext,
  args: readonly string[],
  key: string,
  at: number,
  store: string | undefined,
): GeoRequest | undefined {
  findValue(context, key, "sortedSet");
  const options = new OptionReader(args, at);
  const draft: Draft = { store };
  let [center, shape, unit, centers]: [Coordinates | undefined, GeoShape | undefined, number, number] = [
    undefined,
    undefined,
    1,
    0,
  ];
  while (options.hasMore) {
    if (takeCommon(options, draft, store !== undefined)) continue;
    if (options.take("FROMMEMBER")) {
      center = memberCoordinates(context, key, options.value());
      centers++;
    } else if (options.take("FROMLONLAT")) {
      center = readCoordinates(options.value(), options.value());
      centers++;
    } else if (shape === undefined && options.take("BYRADIUS")) {
      const radius = readRadiusLength(options.value());
      unit = unitInMetres(options.value());
      shape = { kind: "circle", radius: radius * unit };
    } else if (shape === undefined && options.take("BYBOX")) {
      const [width, height] = readSides(options);
      unit = unitInMetres(options.value());
      shape = { kind: "box", width: width * unit, height: height * unit };
    } else if (store !== undefined && options.take("STOREDIST")) draft.isStoringDistance = true;
    else throw syntaxError();
  }
  const name = (args[0] ?? "").toLowerCase();
  if (centers !== 1) throw new CommandError(`ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for ${name}`);
  if (shape === undefined) throw new CommandError(`ERR exactly one of BYRADIUS and BYBOX can be specified for ${name}`);
  return complete(draft, center, shape, unit, "geosearchstore");
}

/** Reads GEORADIUS, GEORADIUSBYMEMBER and their forms that only read. */
export function readRadius(
  context: CommandContext,
  args: readonly string[],
  isByMember: boolean,
  isReadOnly: boolean,
): GeoRequest | undefined {
  const [, key = "", first = "", second = ""] = args;
  const isThere = findValue(context, key, "sortedSet") !== undefined;
  // Without the key, Redis does not look at the radius of GEORADIUSBYMEMBER.
  const isChecked = isThere || !isByMember;
  const center = isByMember ? memberCoordinates(context, key, first) : readCoordinates(first, second);
  const at = isByMember ? 3 : 4;
  const radius = isChecked ? readRadiusLength(args[at] ?? "") : 0;
  const unit = isChecked ? unitInMetres(args[at + 1]) : 1;
  const options = new OptionReader(args, at + 2);
  const draft: Draft = {};
  while (options.hasMore) {
    if (takeCommon(options, draft, false)) continue;
    if (!isReadOnly && options.take("STORE")) [draft.store, draft.isStoringDistance] = [options.value(), false];
    else if (!isReadOnly && options.take("STOREDIST")) [draft.store, draft.isStoringDistance] = [options.value(), true];
    else throw syntaxError();
  }
  if (draft.store !== undefined && (draft.isWithDistance || draft.isWithHash || draft.isWithCoordinates)) {
    throw new CommandError(
      "ERR STORE option in GEORADIUS is not compatible with WITHDIST, WITHHASH and WITHCOORD options",
    );
  }
  return complete(draft, center, { kind: "circle", radius: radius * unit }, unit, "georadiusstore");
}
