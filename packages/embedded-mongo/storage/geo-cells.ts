import { afterPrefix, encodeKeyPart } from "./key-encoding.ts";
import type { KeyRange } from "./store.ts";

/** A rectangle of longitudes and latitudes (or of a plane): west is not above east. */
export interface Box {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

/** All longitudes and latitudes. */
export const sphere: Box = { west: -180, east: 180, south: -90, north: 90 };

// 180 degrees / 2^26: a third of a metre.
const maxDepth = 26;
// More cells fit closer and cost more entries; as for MongoDB's own coverings, some 20 at most.
const maxCells = 16;

/**
 * A cell is a rectangle as digits from 0 to 3: each halves the one before both ways (1: east, 2: north). So what lies inside of a cell begins with
 * its digits. A shape has the few cells that cover it; a point has one of full depth.
 */
export function cellsOf(boxes: readonly Box[], world: Box): readonly string[] {
  let cells = [{ name: "", box: world }];
  for (let depth = 0; depth < maxDepth; depth++) {
    const next = cells.flatMap(quarters).filter(({ box }) => boxes.some((each) => overlaps(each, box)));
    if (next.length > maxCells) break;
    cells = next;
  }
  return cells.map(({ name }) => name);
}

/** The cell of full depth that a point lies in. */
export function pointCell(x: number, y: number, world: Box): string {
  let { west, east, south, north } = world;
  let name = "";
  for (let depth = 0; depth < maxDepth; depth++) {
    const [middleX, middleY] = [(west + east) / 2, (south + north) / 2];
    const [isEast, isNorth] = [x >= middleX, y >= middleY];
    name += String(Number(isEast) + 2 * Number(isNorth));
    if (isEast) west = middleX;
    else east = middleX;
    if (isNorth) south = middleY;
    else north = middleY;
  }
  return name;
}

/**
 * The ranges of an index whose entries may lie in one of the boxes, as bytes of the one key part: entries with a cell inside of theirs, and
 * those with a bigger one around it. Whoever reads them looks at the documents again, and takes each once.
 */
export function cellRanges(boxes: readonly Box[], world: Box): readonly KeyRange[] {
  const wide = boxes.map(widen);
  const cells = cellsOf(world === sphere ? wide.flatMap(otherNames) : wide, world);
  const around = new Set(cells.flatMap((cell) => Array.from(cell, (_digit, length) => cell.slice(0, length))));
  const ranges = cells.map((cell) => below(cell));
  for (const cell of around) if (!cells.includes(cell)) ranges.push(exactly(cell));
  return ranges.sort((a, b) => Buffer.compare(a.from ?? Buffer.alloc(0), b.from ?? Buffer.alloc(0)));
}

// Whatever rounding does to a place, it stays in its box: a tenth of a metre.
const margin = 1e-6;

const widen = ({ west, east, south, north }: Box): Box => ({
  west: west - margin,
  east: east + margin,
  south: south - margin,
  north: north + margin,
});

/** A pole has every longitude, the antimeridian has two: a box that touches them is there under the other names as well. */
function otherNames(box: Box): readonly Box[] {
  const boxes = [box];
  if (box.north >= 90) boxes.push({ ...sphere, south: 90 });
  if (box.south <= -90) boxes.push({ ...sphere, north: -90 });
  if (box.east >= 180) boxes.push({ ...box, west: -180, east: -180 });
  if (box.west <= -180) boxes.push({ ...box, west: 180, east: 180 });
  return boxes;
}

function below(cell: string): KeyRange {
  // The part without its end: everything that begins with these digits.
  const start = encodeKeyPart(cell, 1).subarray(0, -2);
  return { from: start, isFromIncluded: true, to: afterPrefix(start), isToIncluded: false };
}

function exactly(cell: string): KeyRange {
  const part = encodeKeyPart(cell, 1);
  return { from: part, isFromIncluded: true, to: part, isToIncluded: true };
}

interface Cell {
  readonly name: string;
  readonly box: Box;
}

function quarters({ name, box }: Cell): readonly Cell[] {
  const { west, east, south, north } = box;
  const [x, y] = [(west + east) / 2, (south + north) / 2];
  return [
    { name: `${name}0`, box: { west, east: x, south, north: y } },
    { name: `${name}1`, box: { west: x, east, south, north: y } },
    { name: `${name}2`, box: { west, east: x, south: y, north } },
    { name: `${name}3`, box: { west: x, east, south: y, north } },
  ];
}

/** Sharing an edge counts: a point on it lies in the cell east or north of it. */
const overlaps = (a: Box, b: Box): boolean =>
  a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north;
