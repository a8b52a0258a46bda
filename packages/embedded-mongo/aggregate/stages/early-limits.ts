import type { Document } from "../../values/document.ts";
import { transformCompilers } from "../project/transforms.ts";

/**
 * The stages with each `$limit` and `$skip` before the stages that make one document of one: nothing is worked out, and nothing fails, for
 * documents that are not wanted (manual, "Aggregation Pipeline Optimization").
 */
export function limitEarly(stages: readonly Document[]): readonly Document[] {
  const ordered: Document[] = [];
  for (const stage of stages) {
    let place = ordered.length;
    if (isLimit(stage)) while (place > 0 && isTransform(ordered[place - 1])) place--;
    ordered.splice(place, 0, stage);
  }
  return ordered;
}

const isLimit = (stage: Document): boolean => stage.firstName === "$limit" || stage.firstName === "$skip";

const isTransform = (stage: Document | undefined): boolean => transformCompilers.has(stage?.firstName ?? "");
