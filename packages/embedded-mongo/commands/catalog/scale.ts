import { MongoError } from "../../errors/mongo-error.ts";
import type { Document } from "../../values/document.ts";
import { optionalInteger } from "../request-fields.ts";

/** The bytes in one unit of the sizes that a command tells. @throws MongoError BadValue */
export function scaleOf(request: Document, command: string): number {
  const scale = optionalInteger(request, command, "scale") ?? 1n;
  if (scale < 1n || scale > 0x7fff_ffffn) {
    throw new MongoError(51024, `BSON field 'scale' value must be >= 1, actual value '${scale}'`);
  }
  return Number(scale);
}
