import type { Arc } from "./arc.ts";
import { bordersOf, type Polygon } from "./polygon.ts";
import { toVector, type Vector } from "./vector.ts";

/** Longitude and latitude in degrees; in a plane, x and y. */
export type Position = readonly [x: number, y: number];

/** A shape as the parts that it is made of; a collection has several. */
export interface Geometry {
  readonly points: readonly Position[];
  readonly lines: readonly (readonly Arc[])[];
  readonly polygons: readonly Polygon[];
  /** Whether it is one point, not one of several kinds that hold one: what lies in a shape of a plane. */
  readonly isPoint: boolean;
}

/** A place. */
export const pointGeometry = (position: Position): Geometry => ({
  points: [position],
  lines: [],
  polygons: [],
  isPoint: true,
});

/** The places of all points. */
export const placesOf = ({ points }: Geometry): readonly Vector[] => points.map(toVector);

/** Every line, and the borders of areas. */
export const allArcs = ({ lines, polygons }: Geometry): readonly Arc[] => [
  ...lines.flat(),
  ...polygons.flatMap(bordersOf),
];

/** Every place that says where a shape is: points, ends of lines, corners. */
export const allPlaces = (geometry: Geometry): readonly Vector[] => [
  ...placesOf(geometry),
  ...allArcs(geometry).flatMap(({ from, to }) => [from, to]),
];
