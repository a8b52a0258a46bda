// Redis encodes 26 bits of each coordinate; latitudes are those of EPSG:3857 (geohash.h).
const bits = 26;
const cells = 2 ** bits;
const maxLatitude = 85.05112878;
// Earth's radius in metres as geohash_helper.c has it.
const earthRadius = 6372797.560856;

/** Degrees. */
export interface Coordinates {
  readonly longitude: number;
  readonly latitude: number;
}

/** True when a sorted set can hold these coordinates. */
export const areValid = ({ longitude, latitude }: Coordinates): boolean =>
  longitude >= -180 && longitude <= 180 && latitude >= -maxLatitude && latitude <= maxLatitude;

/** The two numbers with their bits in turn, the first one's lower. */
function interleave(low: number, high: number, count: number): number {
  let mixed = 0;
  for (let bit = count - 1; bit >= 0; bit--) mixed = mixed * 4 + ((high >>> bit) & 1) * 2 + ((low >>> bit) & 1);
  return mixed;
}

function separate(mixed: number): readonly [low: number, high: number] {
  let [low, high, rest] = [0, 0, mixed];
  for (let bit = 0; bit < bits; bit++) {
    const pair = rest % 4;
    rest = Math.floor(rest / 4);
    low += (pair & 1) * 2 ** bit;
    high += (pair >>> 1) * 2 ** bit;
  }
  return [low, high];
}

function cell(value: number, limit: number): number {
  return Math.min(cells - 1, Math.floor(((value + limit) / (2 * limit)) * cells));
}

/** The score of coordinates: 52 bits. `latitudeLimit` is 90 for the letters of GEOHASH. */
export const encodeScore = ({ longitude, latitude }: Coordinates, latitudeLimit = maxLatitude): number =>
  interleave(cell(latitude, latitudeLimit), cell(longitude, 180), bits);

/** The middle of the cell that a score names. */
export function decodeScore(score: number): Coordinates {
  const [latitudeCell, longitudeCell] = separate(score);
  const middle = (index: number, limit: number) => {
    const low = -limit + (index / cells) * (2 * limit);
    const high = -limit + ((index + 1) / cells) * (2 * limit);
    return Math.max(-limit, Math.min(limit, (low + high) / 2));
  };
  return { longitude: middle(longitudeCell, 180), latitude: middle(latitudeCell, maxLatitude) };
}

const letters = "0123456789bcdefghjkmnpqrstuvwxyz";

/** The 11 letters of GEOHASH; the last one has no bits left and is "0". */
export function geoHashText(coordinates: Coordinates): string {
  const hash = BigInt(encodeScore(coordinates, 90));
  let text = "";
  for (let index = 0; index < 10; index++) text += letters[Number((hash >> BigInt(52 - (index + 1) * 5)) & 31n)];
  return `${text}0`;
}

const radians = (degrees: number): number => degrees * (Math.PI / 180);

/** Metres between two points of one meridian. */
export const latitudeDistance = (a: number, b: number): number => earthRadius * Math.abs(radians(b) - radians(a));

/** Metres along the great circle, by the haversine formula. */
export function distanceBetween(a: Coordinates, b: Coordinates): number {
  const v = Math.sin((radians(b.longitude) - radians(a.longitude)) / 2);
  if (v === 0) return latitudeDistance(a.latitude, b.latitude);
  const [latitudeA, latitudeB] = [radians(a.latitude), radians(b.latitude)];
  const u = Math.sin((latitudeB - latitudeA) / 2);
  return 2 * earthRadius * Math.asin(Math.sqrt(u * u + Math.cos(latitudeA) * Math.cos(latitudeB) * v * v));
}

/** A range of scores, the second one not included. */
export type ScoreSpan = readonly [start: number, end: number];

/** The ranges of scores of the cells around a point that hold all points up to so many metres east or west, and north or south, of it. */
export function spansAround(
  { longitude, latitude }: Coordinates,
  reachX: number,
  reachY: number,
): readonly ScoreSpan[] {
  const metresPerDegree = (Math.PI / 180) * earthRadius;
  const highest = Math.min(89.9, Math.abs(latitude) + reachY / metresPerDegree);
  const degreesX = reachX / (metresPerDegree * Math.cos(radians(highest)));
  const degreesY = reachY / metresPerDegree;
  // The smallest cells that are as large as the reach: the point's own and its neighbours then hold it all.
  let step = bits;
  while (step > 0 && (360 / 2 ** step < degreesX || (2 * maxLatitude) / 2 ** step < degreesY)) step--;
  if (step < 2) return [[0, 2 ** 52]];
  const count = 2 ** step;
  const [x, y] = [
    Math.floor(cell(longitude, 180) / (cells / count)),
    Math.floor(cell(latitude, maxLatitude) / (cells / count)),
  ];
  const size = 4 ** (bits - step);
  const starts = new Set<number>();
  for (const dy of [-1, 0, 1]) {
    if (y + dy < 0 || y + dy >= count) continue;
    for (const dx of [-1, 0, 1]) starts.add(interleave(y + dy, (x + dx + count) % count, step) * size);
  }
  return [...starts].map((start) => [start, start + size]);
}
