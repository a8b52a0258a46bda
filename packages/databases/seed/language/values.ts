import { type BsonType, theMoment } from "./moment.ts";

declare const kind: unique symbol;

/** A value of a BSON type. */
export interface BsonValue<Type extends BsonType> {
  readonly [kind]?: Type;
}

/** BSON's types that JavaScript has no value for. @example price: bson.decimal("9.90") */
export const bson = {
  long: (value: number | bigint | string): BsonValue<"long"> => make("long", value),
  double: (value: number): BsonValue<"double"> => make("double", value),
  decimal: (value: string): BsonValue<"decimal"> => make("decimal", value),
  binary: (value: Uint8Array): BsonValue<"binary"> => make("binary", value),
  /** A version 4 UUID of the document's own random numbers, or the one that is given. */
  uuid: (value?: string): BsonValue<"uuid"> => make("uuid", value ?? randomUuid()),
  timestamp: (seconds: number, increment = 1): BsonValue<"timestamp"> => make("timestamp", [seconds, increment]),
  code: (value: string): BsonValue<"code"> => make("code", value),
  minKey: (): BsonValue<"minKey"> => make("minKey", undefined),
  maxKey: (): BsonValue<"maxKey"> => make("maxKey", undefined),
};

function make(type: BsonType, value: unknown): object {
  return theMoment(`bson.${type}`).world.bson(type, value);
}

/** RFC 9562, section 5.4. */
function randomUuid(): string {
  const { random } = theMoment("bson.uuid");
  const hex = Array.from({ length: 4 }, () => random.bits().toString(16).padStart(8, "0")).join("");
  const variant = "89ab"[Number.parseInt(hex[16] ?? "0", 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
