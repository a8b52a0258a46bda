import type { Matcher } from "../match/matcher.ts";
import type { QueryOptions } from "../match/query-options.ts";
import type { Document, Value } from "../values/document.ts";

/** What a projection may need besides its own text. */
export interface ProjectionOptions extends QueryOptions {
  /** The filter's matcher: the positional operator asks it. */
  readonly matcher?: Matcher | undefined;
  /** Metadata of a document by name: `textScore`, `indexKey`, `recordId` ... */
  readonly meta?: ((document: Document, name: string) => Value | undefined) | undefined;
}
