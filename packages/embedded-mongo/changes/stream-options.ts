import { optionalBoolean, optionalString } from "../commands/request-fields.ts";
import { MongoError } from "../errors/mongo-error.ts";
import { Document } from "../values/document.ts";
import { TimestampValue } from "../values/scalars.ts";
import { type ResumePoint, readResumeToken } from "./resume-token.ts";

const afterModes = ["default", "updateLookup", "whenAvailable", "required"] as const;
const beforeModes = ["off", "whenAvailable", "required"] as const;

/** What a `$changeStream` stage asks for (manual, "$changeStream (aggregation)"). */
export interface StreamOptions {
  readonly fullDocument: (typeof afterModes)[number];
  readonly fullDocumentBeforeChange: (typeof beforeModes)[number];
  readonly resumeAt: ResumePoint | undefined;
  readonly startAtOperationTime: TimestampValue | undefined;
  readonly isOfCluster: boolean;
  readonly showsExpanded: boolean;
}

const known: readonly string[] = [
  "fullDocument",
  "fullDocumentBeforeChange",
  "resumeAfter",
  "startAfter",
  "startAtOperationTime",
  "allChangesForCluster",
  "showExpandedEvents",
  "showSystemEvents",
];

/** Reads the stage's argument. @throws MongoError IDLUnknownField, BadValue, TypeMismatch, InvalidResumeToken, 40674 */
export function readStreamOptions(stage: Document): StreamOptions {
  const argument = stage.get("$changeStream");
  if (!(argument instanceof Document))
    throw new MongoError(50808, "$changeStream stage expects a document as argument");
  for (const name of argument.fields().keys())
    if (!known.includes(name))
      throw new MongoError("IDLUnknownField", `BSON field '$changeStream.${name}' is an unknown field.`);
  const time = argument.get("startAtOperationTime");
  if (time !== undefined && !(time instanceof TimestampValue))
    throw new MongoError(
      "TypeMismatch",
      "BSON field '$changeStream.startAtOperationTime' is the wrong type, expected type 'timestamp'",
    );
  return {
    fullDocument: oneOf(argument, "fullDocument", afterModes, "default"),
    fullDocumentBeforeChange: oneOf(argument, "fullDocumentBeforeChange", beforeModes, "off"),
    resumeAt: readResumePoint(argument),
    startAtOperationTime: time,
    isOfCluster: optionalBoolean(argument, "$changeStream", "allChangesForCluster") ?? false,
    showsExpanded: optionalBoolean(argument, "$changeStream", "showExpandedEvents") ?? false,
  };
}

function oneOf<T extends string>(argument: Document, name: string, modes: readonly T[], usual: T): T {
  const named = optionalString(argument, "$changeStream", name);
  if (named === undefined) return usual;
  const mode = modes.find((each) => each === named);
  if (mode === undefined)
    throw new MongoError(
      "BadValue",
      `Enumeration value '${named}' for field '$changeStream.${name}' is not a valid value.`,
    );
  return mode;
}

function readResumePoint(argument: Document): ResumePoint | undefined {
  const given = ["resumeAfter", "startAfter", "startAtOperationTime"].filter((name) => argument.has(name));
  if (given.length > 1)
    throw new MongoError(40674, "Only one type of resume option is allowed, but multiple were found.");
  const [name] = given;
  const value = name === undefined || name === "startAtOperationTime" ? undefined : argument.get(name);
  if (name === undefined || value === undefined) return undefined;
  const point = readResumeToken(value, name);
  if (point.isInvalidate && name === "resumeAfter")
    throw new MongoError(
      "InvalidResumeToken",
      "Attempting to resume a change stream using 'resumeAfter' is not allowed from an invalidate notification.",
    );
  return point;
}
