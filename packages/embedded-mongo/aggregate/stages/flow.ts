import type { Document } from "../../values/document.ts";
import type { Flow } from "../pipeline-context.ts";
import type { Stage } from "./stage.ts";

/** How many documents a batch has where a stage chooses. */
const batchSize = 200;

/** A stage that makes one document of each, or none. */
export function eachDocument(apply: (document: Document) => Document | undefined): Stage {
  return eachBatch((batch) => {
    const kept: Document[] = [];
    for (const document of batch) {
      const made = apply(document);
      if (made !== undefined) kept.push(made);
    }
    return kept;
  });
}

/** A stage that makes a batch of each batch. */
export function eachBatch(apply: (batch: readonly Document[]) => readonly Document[]): Stage {
  return {
    async *run(source) {
      for await (const batch of source) {
        const made = apply(batch);
        if (made.length > 0) yield made;
      }
    },
  };
}

/** Many documents as batches; lazy. */
export function* inBatches(documents: Iterable<Document>): Generator<readonly Document[]> {
  let batch: Document[] = [];
  for (const document of documents) {
    batch.push(document);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Everything that flows. */
export async function collect(flow: Flow): Promise<Document[]> {
  const all: Document[] = [];
  for await (const batch of flow) all.push(...batch);
  return all;
}

/** A flow of what there is already. */
export async function* flowOf(documents: Iterable<Document>): AsyncGenerator<readonly Document[]> {
  yield* inBatches(documents);
}
