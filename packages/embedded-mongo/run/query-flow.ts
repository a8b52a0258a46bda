import type { Flow } from "../aggregate/pipeline-context.ts";
import type { Batch, BatchSource } from "../cursors/batch-source.ts";
import type { Document } from "../values/document.ts";

/** Documents that a stage gets at once. */
const flowBatch = 256;

/** A source as a pipeline reads it. Closed when it ends, fails or is left. */
export async function* sourceFlow(open: () => BatchSource): Flow {
  const source = open();
  try {
    for (;;) {
      const { documents, isDone } = await source.next(flowBatch, Infinity);
      if (documents.length > 0) yield documents;
      if (isDone) return;
    }
  } finally {
    source.close();
  }
}

/** What comes out of a pipeline, as a cursor reads it. `release` is called when it is closed. */
export function flowSource(flow: Flow, sizeOf: (document: Document) => number, release: () => void): BatchSource {
  const batches = flow[Symbol.asyncIterator]();
  let waiting: readonly Document[] = [];
  let at = 0;
  let isOver = false;
  async function fill(): Promise<void> {
    while (!isOver && at >= waiting.length) {
      const { done, value } = await batches.next();
      if (done) isOver = true;
      else [waiting, at] = [value, 0];
    }
  }
  return {
    async next(maxDocuments, maxBytes): Promise<Batch> {
      const documents: Document[] = [];
      let bytes = 0;
      while (documents.length < maxDocuments) {
        await fill();
        const document = waiting[at];
        if (!document) return { documents, isDone: true };
        bytes += sizeOf(document);
        if (bytes > maxBytes && documents.length > 0) break;
        documents.push(document);
        at++;
      }
      return { documents, isDone: isOver && at >= waiting.length };
    },
    close() {
      // What a stage holds is freed by ending the flow; nobody waits for it.
      Promise.resolve(batches.return?.()).catch(() => {});
      release();
    },
  };
}
