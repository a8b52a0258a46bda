import type { ReplicaSet } from "../../server/replica-set.ts";
import { Document, type Value } from "../../values/document.ts";
import { DateValue, int32, ObjectIdValue, TimestampValue } from "../../values/scalars.ts";

/** The one election that this member has won. */
const electionId = new ObjectIdValue(Buffer.from("7fffffff0000000000000001", "hex"));

/** What `hello` says of a member of a replica set (manual, hello, "Replica Set"). */
export function memberFields(
  set: ReplicaSet,
  time: TimestampValue | undefined,
  now: number,
): readonly (readonly [string, Value])[] {
  const { host } = set;
  if (host === undefined)
    return [
      ["secondary", false],
      ["info", "Does not have a valid replica set config"],
      ["isreplicaset", true],
    ];
  const opTime = operationTime(time);
  const date = new DateValue(now - (now % 1000));
  return [
    ["hosts", [host]],
    ["setName", set.name],
    ["setVersion", int32(set.version)],
    ["secondary", false],
    ["primary", host],
    ["me", host],
    ["electionId", electionId],
    [
      "lastWrite",
      Document.from([
        ["opTime", opTime],
        ["lastWriteDate", date],
        ["majorityOpTime", opTime],
        ["majorityWriteDate", date],
      ]),
    ],
  ];
}

/** A time in the form of replication: with its term. */
export const operationTime = (time: TimestampValue | undefined): Document =>
  Document.from([
    ["ts", time ?? new TimestampValue(0, 0)],
    ["t", 1n],
  ]);
