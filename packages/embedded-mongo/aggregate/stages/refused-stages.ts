import { MongoError } from "../../errors/mongo-error.ts";
import type { StageCompiler } from "./stage.ts";

const refuse =
  (reason: string): StageCompiler =>
  (_argument, _context, name) => {
    throw new MongoError("CommandNotSupported", `${name} is not supported: ${reason}`);
  };

/** Stages that this server knows and does not have. */
export const refusedStages: readonly (readonly [string, StageCompiler])[] = [
  ...["$search", "$searchMeta", "$vectorSearch", "$rankFusion", "$listSearchIndexes"].map(
    (name) => [name, refuse("it needs the Atlas Search service")] as const,
  ),
  ...[
    "$currentOp",
    "$listSessions",
    "$listLocalSessions",
    "$listSampledQueries",
    "$planCacheStats",
    "$querySettings",
  ].map((name) => [name, refuse("this server keeps nothing of the kind")] as const),
  ["$shardedDataDistribution", refuse("this server is one node")],
];
