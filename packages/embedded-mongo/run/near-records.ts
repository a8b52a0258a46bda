import { setMetadata } from "../aggregate/expressions/metadata.ts";
import { earthRadiusMeters } from "../match/geo/distance.ts";
import { nearestDistance } from "../match/geo/near.ts";
import type { NearScan } from "../plan/plan.ts";
import { geoRanges } from "../storage/geo-ranges.ts";
import { flatBounds } from "../storage/geo-rows.ts";
import type { CollectionReader, RecordId, StoredRecord } from "../storage/store.ts";
import { Document } from "../values/document.ts";
import type { Examined } from "./examined.ts";

// The first ring is 150 metres wide on the earth: a town's block or two.
const doublings = 17;

/**
 * The records near a point by their distance, which they get as metadata. Rings around the point are searched one after the other, each twice
 * as wide as the one before, so that the first few cost little.
 */
export function* nearRecords(
  reader: CollectionReader,
  scan: NearScan,
  examined: Examined,
): Generator<StoredRecord, void> {
  const { path, near } = scan;
  const isLeading = scan.index.key[0]?.[0] === path;
  const farthest = Math.min(near.maxDistance, farthestOf(scan));
  const seen = new Set<RecordId>();
  for (let reach = isLeading ? farthestOf(scan) / 2 ** doublings : farthest; ; reach *= 2) {
    const isLast = reach >= farthest;
    const ring: { readonly record: StoredRecord; readonly distance: number }[] = [];
    for (const id of isLeading
      ? idsWithin(reader, scan, isLast ? near.maxDistance : reach, examined)
      : allIds(reader)) {
      if (seen.has(id)) continue;
      const document = reader.get(id);
      const distance = document && nearestDistance(document, path, near);
      if (!document || distance === undefined || (!isLast && distance > reach)) continue;
      seen.add(id);
      ring.push({ record: { id, document }, distance });
    }
    for (const { record, distance } of ring.sort((a, b) => a.distance - b.distance)) {
      setMetadata(record.document, "geoNearDistance", distance);
      yield record;
    }
    if (isLast) return;
  }
}

/** In what distances are measured: metres for GeoJSON, radians or the plane's own units for legacy pairs. */
function farthestOf({ index, path, operator, argument }: NearScan): number {
  if (argument instanceof Document && argument.has("$geometry")) return Math.PI * earthRadiusMeters;
  if (operator === "$nearSphere") return Math.PI;
  const isFlat = index.key.some(([each, kind]) => each === path && kind === "2d");
  const { west, east } = isFlat ? flatBounds(index) : { west: -180, east: 180 };
  return 2 * (east - west);
}

function* idsWithin(
  reader: CollectionReader,
  { index, operator, argument }: NearScan,
  distance: number,
  examined: Examined,
): Generator<RecordId, void> {
  for (const range of geoRanges(index, operator, limited(operator, argument, distance))) {
    for (const { id } of reader.scanIndex(index.name, range)) {
      examined.keys++;
      yield id;
    }
  }
}

/** The same argument with another limit; without one, everything. */
function limited(
  operator: NearScan["operator"],
  argument: NearScan["argument"],
  distance: number,
): NearScan["argument"] {
  const geometry = argument instanceof Document ? argument.get("$geometry") : undefined;
  const limit = Number.isFinite(distance) ? [["$maxDistance", distance] as const] : [];
  if (geometry !== undefined) return Document.from([["$geometry", geometry], ...limit]);
  const pair = argument instanceof Document ? (argument.get(operator) ?? argument) : argument;
  return Document.from([[operator, pair], ...limit]);
}

function* allIds(reader: CollectionReader): Generator<RecordId, void> {
  for (const { id } of reader.scan()) yield id;
}
