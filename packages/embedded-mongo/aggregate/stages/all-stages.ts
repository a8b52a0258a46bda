import { compileGraphLookup } from "../lookup/graph-lookup.ts";
import { compileLookup } from "../lookup/lookup.ts";
import { compileDocuments } from "./documents.ts";
import { compileFacet } from "./facet.ts";
import { compileGroup } from "./group.ts";
import { compileMatch } from "./match.ts";
import { compileCount, compileLimit, compileSkip } from "./paging.ts";
import { compileRedact } from "./redact.ts";
import { compileSample } from "./sample.ts";
import { compileSortStage } from "./sort.ts";
import { compileSortByCount } from "./sort-by-count.ts";
import type { StageCompiler } from "./stage.ts";
import { transformStages } from "./transform.ts";
import { compileUnionWith } from "./union-with.ts";
import { compileUnwind } from "./unwind.ts";

/** Every stage, by name. A new one is added to the list. */
export const stageCompilers: ReadonlyMap<string, StageCompiler> = new Map([
  ...transformStages,
  ["$count", compileCount],
  ["$documents", compileDocuments],
  ["$facet", compileFacet],
  ["$graphLookup", compileGraphLookup],
  ["$group", compileGroup],
  ["$limit", compileLimit],
  ["$lookup", compileLookup],
  ["$match", compileMatch],
  ["$redact", compileRedact],
  ["$sample", compileSample],
  ["$skip", compileSkip],
  ["$sort", compileSortStage],
  ["$sortByCount", compileSortByCount],
  ["$unionWith", compileUnionWith],
  ["$unwind", compileUnwind],
]);
