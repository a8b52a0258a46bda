import type { SortedSetValue } from "../../keyspace/sorted-set-value.ts";
import type { Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { findValue } from "../find-value.ts";
import { storeMembers } from "../sorted-sets/ranges.ts";
import { type Coordinates, decodeScore, distanceBetween, latitudeDistance, spansAround } from "./geo-hash.ts";
import { positionReply } from "./geo-members.ts";
import { type GeoRequest, readRadius, readSearch } from "./geo-request.ts";
import { distanceText } from "./geo-units.ts";

interface Hit {
  readonly member: string;
  readonly score: number;
  /** Metres. */
  readonly distance: number;
}

/** The distance of a point that is within the request's shape; undefined for one that is not. */
function distanceWithin({ center, shape }: GeoRequest, point: Coordinates): number | undefined {
  if (shape.kind === "circle") {
    const distance = distanceBetween(center, point);
    return distance <= shape.radius ? distance : undefined;
  }
  if (latitudeDistance(point.latitude, center.latitude) > shape.height / 2) return undefined;
  const onSameLatitude = { longitude: center.longitude, latitude: point.latitude };
  return distanceBetween(point, onSameLatitude) > shape.width / 2 ? undefined : distanceBetween(center, point);
}

function search(set: SortedSetValue, request: GeoRequest): readonly Hit[] {
  const { shape, center, count, isAny, order } = request;
  const [reachX, reachY] = shape.kind === "circle" ? [shape.radius, shape.radius] : [shape.width / 2, shape.height / 2];
  const hits: Hit[] = [];
  for (const [start, end] of spansAround(center, reachX, reachY)) {
    const [from, to] = [start, end].map((limit) => set.rankWhere((score) => score >= limit));
    for (const [member, score] of set.slice(from ?? 0, to ?? 0)) {
      const distance = distanceWithin(request, decodeScore(score));
      if (distance !== undefined) hits.push({ member, score, distance });
      if (isAny && hits.length === count) return sorted(hits, order);
    }
  }
  const all = sorted(hits, order ?? (count > 0 && !isAny ? "ASC" : undefined));
  return count > 0 ? all.slice(0, count) : all;
}

function sorted(hits: Hit[], order: GeoRequest["order"]): Hit[] {
  if (order === undefined) return hits;
  return hits.sort((a, b) => (order === "ASC" ? a.distance - b.distance : b.distance - a.distance));
}

function hitReply({ member, score, distance }: Hit, request: GeoRequest): Reply {
  const extras: Reply[] = [];
  if (request.isWithDistance) extras.push(distanceText(distance, request.unit));
  if (request.isWithHash) extras.push(score);
  if (request.isWithCoordinates) extras.push(positionReply(score));
  return extras.length === 0 ? member : [member, ...extras];
}

function answer(context: CommandContext, key: string, request: GeoRequest | undefined): Reply {
  const set = findValue(context, key, "sortedSet");
  const hits = set === undefined || request === undefined ? [] : search(set, request);
  if (request?.store === undefined) return hits.map((hit) => (request === undefined ? null : hitReply(hit, request)));
  const scored = hits.map(({ member, score, distance }): [string, number] => [
    member,
    request.isStoringDistance ? distance / request.unit : score,
  ]);
  return storeMembers(context, request.store, scored, request.storeEvent);
}

const geosearch: Command = {
  name: "geosearch",
  arity: -7,
  flags: ["readonly"],
  group: "geo",
  keys: [1, 1, 1],
  summary: "Returns the members within a circle or a box.",
  run: (context, args) => answer(context, args[1] ?? "", readSearch(context, args, args[1] ?? "", 2, undefined)),
};

const geosearchstore: Command = {
  name: "geosearchstore",
  arity: -8,
  flags: ["write", "denyoom"],
  group: "geo",
  keys: [1, 2, 1],
  summary: "Stores the members within a circle or a box.",
  run: (context, args) => answer(context, args[2] ?? "", readSearch(context, args, args[2] ?? "", 3, args[1])),
};

const radius = (name: string, isByMember: boolean, isReadOnly: boolean, summary: string): Command => ({
  name,
  arity: isByMember ? -5 : -6,
  flags: isReadOnly ? ["readonly"] : ["write", "denyoom", "movablekeys"],
  group: "geo",
  keys: isReadOnly ? [1, 1, 1] : storeKeys,
  summary,
  run: (context, args) => answer(context, args[1] ?? "", readRadius(context, args, isByMember, isReadOnly)),
});

function storeKeys(args: readonly string[]): readonly number[] {
  const store = args.findLastIndex((arg, index) => index > 4 && /^store(dist)?$/i.test(arg));
  return store > 0 ? [1, store + 1] : [1];
}

/** GEOSEARCH, GEOSEARCHSTORE, GEORADIUS and its relatives. */
export const geoSearch: readonly Command[] = [
  geosearch,
  geosearchstore,
  radius("georadius", false, false, "Returns or stores the members around coordinates."),
  radius("georadius_ro", false, true, "Returns the members around coordinates."),
  radius("georadiusbymember", true, false, "Returns or stores the members around a member."),
  radius("georadiusbymember_ro", true, true, "Returns the members around a member."),
];
