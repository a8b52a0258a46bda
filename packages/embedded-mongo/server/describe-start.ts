import { Document } from "../values/document.ts";
import { int32 } from "../values/scalars.ts";

/** What getCmdLineOpts tells of a start. */
export interface StartDescription {
  readonly dataDirectory?: string;
  readonly replicaSet?: string;
  readonly user?: unknown;
}

/** The options of a start in the form of mongod's configuration file (manual, "Configuration File Options"); no passwords. */
export const describeStart = (options: StartDescription, host: string, port: number): Document =>
  Document.from([
    [
      "net",
      Document.from([
        ["bindIp", host],
        ["port", int32(port)],
      ]),
    ],
    ...(options.dataDirectory === undefined
      ? []
      : [["storage", Document.from([["dbPath", options.dataDirectory]])] as const]),
    ...(options.replicaSet === undefined
      ? []
      : [["replication", Document.from([["replSet", options.replicaSet]])] as const]),
    ["security", Document.from([["authorization", options.user === undefined ? "disabled" : "enabled"]])],
  ]);
