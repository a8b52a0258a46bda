import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { BinaryValue } from "../../values/scalars.ts";

// What a field or an element takes beside its content, about: a name, a type, a reference.
const overhead = 16;

/** About how many bytes a value takes in memory; what was read and not decoded counts with its BSON bytes. */
export function sizeOf(value: Value | undefined): number {
  if (typeof value === "string") return overhead + value.length;
  if (value instanceof Document) {
    if (value.raw) return overhead + value.raw.end - value.raw.start;
    let size = overhead;
    for (const [name, field] of value.fields()) size += name.length + sizeOf(field);
    return size;
  }
  if (isArray(value)) {
    let size = overhead;
    for (const item of value) size += sizeOf(item);
    return size;
  }
  return value instanceof BinaryValue ? overhead + value.bytes.length : overhead;
}
