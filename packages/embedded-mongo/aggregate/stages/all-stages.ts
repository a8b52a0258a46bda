import { compileDensify } from "../filling/densify.ts";
import { compileFill } from "../filling/fill.ts";
import { compileGraphLookup } from "../lookup/graph-lookup.ts";
import { compileLookup } from "../lookup/lookup.ts";
import { compileSetWindowFields } from "../windows/set-window-fields.ts";
import { compileMerge } from "../writing/merge.ts";
import { compileOut } from "../writing/out.ts";
import { compileBucket } from "./bucket.ts";
import { compileBucketAuto } from "./bucket-auto.ts";
import { compileDocuments } from "./documents.ts";
import { compileFacet } from "./facet.ts";
import { compileGeoNear } from "./geo-near.ts";
import { compileGroup } from "./group.ts";
import { compileMatch } from "./match.ts";
import { compileCount, compileLimit, compileSkip } from "./paging.ts";
import { compilePlanCacheStats } from "./plan-cache-stats.ts";
import { compileRedact } from "./redact.ts";
import { refusedStages } from "./refused-stages.ts";
import { compileSample } from "./sample.ts";
import { compileSortStage } from "./sort.ts";
import { compileSortByCount } from "./sort-by-count.ts";
import type { StageCompiler } from "./stage.ts";
import { compileCollStats, compileIndexStats } from "./statistics.ts";
import { transformStages } from "./transform.ts";
import { compileUnionWith } from "./union-with.ts";
import { compileUnwind } from "./unwind.ts";

/** Every stage, by name. A new one is added to the list. */
export const stageCompilers: ReadonlyMap<string, StageCompiler> = new Map([
  ...transformStages,
  ...refusedStages,
  ["$bucket", compileBucket],
  ["$bucketAuto", compileBucketAuto],
  ["$collStats", compileCollStats],
  ["$count", compileCount],
  ["$densify", compileDensify],
  ["$documents", compileDocuments],
  ["$facet", compileFacet],
  ["$fill", compileFill],
  ["$geoNear", compileGeoNear],
  ["$graphLookup", compileGraphLookup],
  ["$group", compileGroup],
  ["$indexStats", compileIndexStats],
  ["$limit", compileLimit],
  ["$lookup", compileLookup],
  ["$match", compileMatch],
  ["$merge", compileMerge],
  ["$out", compileOut],
  ["$planCacheStats", compilePlanCacheStats],
  ["$redact", compileRedact],
  ["$sample", compileSample],
  ["$setWindowFields", compileSetWindowFields],
  ["$skip", compileSkip],
  ["$sort", compileSortStage],
  ["$sortByCount", compileSortByCount],
  ["$unionWith", compileUnionWith],
  ["$unwind", compileUnwind],
]);
