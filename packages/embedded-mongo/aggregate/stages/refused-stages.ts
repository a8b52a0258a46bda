import { MongoError } from "../../errors/mongo-error.ts";
import type { StageCompiler } from "./stage.ts";

const refuse =
  (code: "CommandNotSupported" | "SearchNotEnabled", reason: string): StageCompiler =>
  (_argument, _context, name) => {
    throw new MongoError(code, `${name} is not supported: ${reason}`);
  };

/** Stages that this server knows and does not have. */
export const refusedStages: readonly (readonly [string, StageCompiler])[] = [
  ...["$search", "$searchMeta", "$vectorSearch", "$rankFusion", "$listSearchIndexes"].map(
    (name) => [name, refuse("SearchNotEnabled", "it needs the Atlas Search service")] as const,
  ),
  ...["$currentOp", "$listSessions", "$listLocalSessions", "$listSampledQueries", "$querySettings"].map(
    (name) => [name, refuse("CommandNotSupported", "this server keeps nothing of the kind")] as const,
  ),
  ["$shardedDataDistribution", refuse("CommandNotSupported", "this server is one node")],
];
