import { nullArray, type Reply } from "../../resp/reply.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { firstKey } from "../key-positions.ts";
import { addMembers } from "../sorted-sets/add-members.ts";
import { decodeScore, distanceBetween, encodeScore, geoHashText } from "./geo-hash.ts";
import { distanceText, readCoordinates, unitInMetres } from "./geo-units.ts";

const geoadd: Command = {
  name: "geoadd",
  arity: -5,
  flags: ["write", "denyoom"],
  group: "geo",
  keys: firstKey,
  summary: "Adds members with coordinates.",
  run(context, args) {
    const words = new Set<string>();
    let start = 2;
    for (; ["NX", "XX", "CH"].includes((args[start] ?? "").toUpperCase()); start++)
      words.add((args[start] ?? "").toUpperCase());
    if ((args.length - start) % 3 !== 0 || args.length === start || (words.has("NX") && words.has("XX")))
      throw syntaxError();
    const pairs: [number, string][] = [];
    for (let index = start; index < args.length; index += 3) {
      pairs.push([encodeScore(readCoordinates(args[index], args[index + 1])), args[index + 2] ?? ""]);
    }
    const isCountingChanges = words.has("CH");
    const { added, changed } = addMembers(context, args[1] ?? "", pairs, {
      isNx: words.has("NX"),
      isXx: words.has("XX"),
      isGt: false,
      isLt: false,
      isCountingChanges,
      isIncrement: false,
    });
    return isCountingChanges ? added + changed : added;
  },
};

/** A coordinate as Redis writes it: 17 decimals without the zeros at the end. */
const coordinate = (value: number): Reply => ({ kind: "double", value, text: value.toFixed(17).replace(/\.?0+$/, "") });

/** The coordinates of a score. */
export function positionReply(score: number): Reply {
  const { longitude, latitude } = decodeScore(score);
  return [coordinate(longitude), coordinate(latitude)];
}

const geopos: Command = {
  name: "geopos",
  arity: -2,
  flags: ["readonly"],
  group: "geo",
  keys: firstKey,
  summary: "Returns the coordinates of members.",
  run(context, args) {
    const set = findValue(context, args[1] ?? "", "sortedSet");
    return args.slice(2).map((member) => {
      const score = set?.score(member);
      return score === undefined ? nullArray : positionReply(score);
    });
  },
};

const geohash: Command = {
  name: "geohash",
  arity: -2,
  flags: ["readonly"],
  group: "geo",
  keys: firstKey,
  summary: "Returns the geohashes of members.",
  run(context, args) {
    const set = findValue(context, args[1] ?? "", "sortedSet");
    return args.slice(2).map((member) => {
      const score = set?.score(member);
      return score === undefined ? null : geoHashText(decodeScore(score));
    });
  },
};

const geodist: Command = {
  name: "geodist",
  arity: -4,
  flags: ["readonly"],
  group: "geo",
  keys: firstKey,
  summary: "Returns the distance of two members.",
  run(context, args) {
    const [, key = "", first = "", second = "", unitText = "m"] = args;
    if (args.length > 5) throw new CommandError("ERR syntax error");
    const unit = unitInMetres(unitText);
    const set = findValue(context, key, "sortedSet");
    const [a, b] = [set?.score(first), set?.score(second)];
    return a === undefined || b === undefined
      ? null
      : distanceText(distanceBetween(decodeScore(a), decodeScore(b)), unit);
  },
};

/** GEOADD, GEOPOS, GEOHASH, GEODIST. */
export const geoMembers: readonly Command[] = [geoadd, geopos, geohash, geodist];
