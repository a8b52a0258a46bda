import { MongoError } from "../errors/mongo-error.ts";
import { Document, type Value } from "../values/document.ts";
import { TimestampValue } from "../values/scalars.ts";
import { typeOf } from "../values/types.ts";

/** A read concern. On one server they all see what is committed; "snapshot" fixes a time. */
export interface ReadConcern {
  readonly level: "local" | "available" | "majority" | "linearizable" | "snapshot";
  readonly atClusterTime: TimestampValue | undefined;
}

const levels = new Map(
  (["local", "available", "majority", "linearizable", "snapshot"] as const).map((level) => [level as string, level]),
);

/** Reads `readConcern`. @throws MongoError TypeMismatch, FailedToParse, InvalidOptions */
export function readReadConcern(value: Value | undefined): ReadConcern | undefined {
  if (value === undefined) return undefined;
  if (!(value instanceof Document))
    throw new MongoError(
      "TypeMismatch",
      `"readConcern" had the wrong type. Expected object, found ${typeOf(value).alias}`,
    );
  for (const name of value.fields().keys())
    if (!["level", "atClusterTime", "afterClusterTime", "provenance"].includes(name))
      throw new MongoError("IDLUnknownField", `BSON field 'readConcern.${name}' is an unknown field.`);
  const named = value.get("level");
  const level = typeof named === "string" ? levels.get(named) : undefined;
  if (named !== undefined && level === undefined)
    throw new MongoError(
      "FailedToParse",
      `readConcern.level must be either 'local', 'majority', 'linearizable', 'available', or 'snapshot'`,
    );
  const atClusterTime = value.get("atClusterTime");
  if (atClusterTime !== undefined && level !== "snapshot")
    throw new MongoError("InvalidOptions", "atClusterTime field can be set only if level is equal to snapshot");
  return {
    level: level ?? "local",
    atClusterTime: atClusterTime instanceof TimestampValue ? atClusterTime : undefined,
  };
}
