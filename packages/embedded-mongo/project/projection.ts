import { MongoError } from "../errors/mongo-error.ts";
import type { Matcher } from "../match/matcher.ts";
import type { QueryOptions } from "../match/query-options.ts";
import type { Document, Value } from "../values/document.ts";

/** A projection of `find`, compiled. */
export interface Projection {
  apply(document: Document): Document;
  /** Top-level fields that decide the result, when it is an inclusion without expressions on the whole document; for covered queries. */
  readonly neededFields: ReadonlySet<string> | undefined;
}

export interface ProjectionOptions extends QueryOptions {
  /** The filter's matcher: the positional operator asks it. */
  readonly matcher?: Matcher | undefined;
  /** Metadata of a document by name: `textScore`, `indexKey`, `recordId` ... */
  readonly meta?: ((document: Document, name: string) => Value | undefined) | undefined;
  /** `find` allows `$slice`, `$elemMatch` and positional projection; the stage `$project` does not. */
  readonly isStage?: boolean;
}

/** Compiles a projection. @throws MongoError for one that MongoDB refuses */
export function compileProjection(_projection: Document, _options: ProjectionOptions): Projection {
  throw new MongoError("InternalError", "projections are not compiled yet");
}
