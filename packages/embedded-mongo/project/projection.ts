import type { Document } from "../values/document.ts";
import { applyProjection } from "./apply-projection.ts";
import { type ParsedProjection, parseProjection } from "./parse-projection.ts";
import { keepMatched } from "./positional.ts";
import type { ProjectionOptions } from "./projection-options.ts";
import { computes } from "./projection-tree.ts";

/** A projection of `find`, compiled. */
export interface Projection {
  apply(document: Document): Document;
  /** The top-level fields that the result is made of; undefined when it may need the whole document. For covered queries. */
  readonly neededFields: ReadonlySet<string> | undefined;
}

/** Compiles a projection (manual, "Projection Operators", "Project Fields to Return from Query"). @throws MongoError for one that MongoDB refuses */
export function compileProjection(projection: Document, options: ProjectionOptions): Projection {
  const parsed = parseProjection(projection, options);
  const { tree, isInclusion, positional } = parsed;
  return {
    neededFields: neededFieldsOf(parsed),
    apply(document) {
      const projected = applyProjection(tree, isInclusion, document);
      return positional === undefined ? projected : keepMatched(projected, positional, document, options.matcher);
    },
  };
}

const neededFieldsOf = ({ tree, isInclusion, positional }: ParsedProjection): ReadonlySet<string> | undefined =>
  isInclusion && positional === undefined && !computes(tree) ? new Set(tree.children.keys()) : undefined;
