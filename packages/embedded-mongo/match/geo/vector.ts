/** A place on the sphere as a direction from its middle, of length 1. */
export interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

const radians = Math.PI / 180;

/** `longitude` and `latitude` in degrees. */
export function toVector([longitude, latitude]: readonly [longitude: number, latitude: number]): Vector {
  const [lambda, phi] = [longitude * radians, latitude * radians];
  return { x: Math.cos(phi) * Math.cos(lambda), y: Math.cos(phi) * Math.sin(lambda), z: Math.sin(phi) };
}

export const dot = (a: Vector, b: Vector): number => a.x * b.x + a.y * b.y + a.z * b.z;

export const cross = (a: Vector, b: Vector): Vector => ({
  x: a.y * b.z - a.z * b.y,
  y: a.z * b.x - a.x * b.z,
  z: a.x * b.y - a.y * b.x,
});

export const length = (a: Vector): number => Math.hypot(a.x, a.y, a.z);

/** The angle between two directions in radians, exact for small ones too. */
export const angle = (a: Vector, b: Vector): number => Math.atan2(length(cross(a, b)), dot(a, b));

/** Positive when `c` lies left of the way from `a` to `b`. */
export const side = (a: Vector, b: Vector, c: Vector): number => dot(cross(a, b), c);

/** Angles below this are nothing: 6 micrometres on the Earth. */
export const tiny = 1e-12;
