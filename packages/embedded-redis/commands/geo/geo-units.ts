import { CommandError } from "../command-error.ts";
import { float } from "../numbers.ts";
import { areValid, type Coordinates } from "./geo-hash.ts";

const metresOf: Readonly<Record<string, number>> = { m: 1, km: 1000, ft: 0.3048, mi: 1609.34 };

/** Metres of a unit. @throws CommandError for one that does not exist */
export function unitInMetres(text: string | undefined): number {
  const metres = metresOf[(text ?? "").toLowerCase()];
  if (metres === undefined) throw new CommandError("ERR unsupported unit provided. please use M, KM, FT, MI");
  return metres;
}

/** A distance with four decimals, as Redis gives it. */
export const distanceText = (metres: number, unit: number): string => (metres / unit).toFixed(4);

/** @throws CommandError for coordinates that are none or out of range */
export function readCoordinates(longitudeText: string | undefined, latitudeText: string | undefined): Coordinates {
  const coordinates = { longitude: float(longitudeText), latitude: float(latitudeText) };
  if (areValid(coordinates)) return coordinates;
  const { longitude, latitude } = coordinates;
  throw new CommandError(`ERR invalid longitude,latitude pair ${longitude.toFixed(6)},${latitude.toFixed(6)}`);
}
