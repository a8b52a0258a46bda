import type { Position } from "./geometry.ts";

/** A shape in a plane. */
export type FlatShape = (position: Position) => boolean;

/** A rectangle by two opposite corners; its border belongs to it (manual, "$box"). */
export function box([x1, y1]: Position, [x2, y2]: Position): FlatShape {
  const [left, right] = [Math.min(x1, x2), Math.max(x1, x2)];
  const [bottom, top] = [Math.min(y1, y2), Math.max(y1, y2)];
  return ([x, y]) => x >= left && x <= right && y >= bottom && y <= top;
}

/** A circle; its border belongs to it (manual, "$center"). */
export const circle =
  ([centerX, centerY]: Position, radius: number): FlatShape =>
  ([x, y]) =>
    Math.hypot(x - centerX, y - centerY) <= radius;

/** An area by its corners, closed by itself; its border belongs to it (manual, "$polygon"). */
export function flatPolygon(corners: readonly Position[]): FlatShape {
  const edges = corners.map((from, index) => [from, corners[(index + 1) % corners.length] ?? from] as const);
  return ([x, y]) => {
    let isInside = false;
    for (const [[x1, y1], [x2, y2]] of edges) {
      const turn = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1);
      const isBetween =
        x >= Math.min(x1, x2) && x <= Math.max(x1, x2) && y >= Math.min(y1, y2) && y <= Math.max(y1, y2);
      if (turn === 0 && isBetween) return true;
      // A ray to the right crosses the edge.
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) isInside = !isInside;
    }
    return isInside;
  };
}
