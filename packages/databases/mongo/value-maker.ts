import { Binary, Code, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } from "mongodb";
import type { ValueMaker } from "../seed/generate/generation.ts";
import type { BsonType } from "../seed/language/moment.ts";

/** Makes values as the official driver writes them. */
export const valueMaker: ValueMaker = {
  objectId: (bytes) => new ObjectId(bytes),
  bson: (type, value) => makers[type](value),
};

const makers: Readonly<Record<BsonType, (value: unknown) => object>> = {
  long: (value) => Long.fromString(String(value)),
  double: (value) => new Double(Number(value)),
  decimal: (value) => Decimal128.fromString(String(value)),
  binary: (value) => new Binary(value instanceof Uint8Array ? value : Buffer.from(String(value))),
  uuid: (value) => new UUID(String(value)),
  timestamp: (value) => {
    const [seconds = 0, increment = 1] = Array.isArray(value) ? value.map(Number) : [];
    return new Timestamp({ t: seconds, i: increment });
  },
  code: (value) => new Code(String(value)),
  minKey: () => new MinKey(),
  maxKey: () => new MaxKey(),
};
