import type { Document, Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import type { Result } from "../expressions/expression.ts";
import { readPath } from "../expressions/field-path.ts";
import { carryMetadata } from "../expressions/metadata.ts";
import type { Flow } from "../pipeline-context.ts";
import { sizeOf } from "../spill/size-of.ts";
import { compilerOf } from "../stages/compiler.ts";
import { collect, flowOf } from "../stages/flow.ts";
import type { StageCompiler, StageContext } from "../stages/stage.ts";
import { setPath } from "../stages/unwind.ts";
import { ForeignDocuments, matchAny } from "./foreign-documents.ts";
import { type Lookup, readLookup } from "./lookup-specification.ts";

/** `$lookup`: by equality, by a pipeline, or by both (manual, "$lookup"). */
export const compileLookup: StageCompiler = (argument, context) => {
  const lookup = readLookup(argument, context.namespace.database, compilerOf(context));
  // What is wrong in the inner pipeline is said before the first document comes.
  if (lookup.pipeline) check(lookup, lookup.pipeline, context);
  const join = lookup.pipeline ? joinByPipeline(lookup, lookup.pipeline, context) : joinByEquality(lookup, context);
  return { run: (source) => join(source) };
};

function check({ let: variables }: Lookup, pipeline: readonly Document[], context: StageContext): void {
  const unknown = new Map(variables.map(([name]) => [name, null]));
  context.withConstants(new Map([...(context.constants ?? []), ...unknown])).compilePipeline(pipeline);
}

/** The values that a document is joined by: the elements of an array, null for a field that is not there. */
function localValues(document: Document, path: readonly string[]): readonly Value[] {
  const value = readPath(document, path);
  return isArray(value) ? value : [value ?? null];
}

function joinByEquality({ from, equality, as }: Lookup, context: StageContext): (source: Flow) => Flow {
  return async function* (source) {
    if (!equality || !from) return;
    const foreign = new ForeignDocuments(context, from, equality.foreign);
    for await (const batch of source) {
      const values = batch.map((document) => localValues(document, equality.local));
      const table = await foreign.tableFor(values.flat());
      yield batch.map((document, index) =>
        carryMetadata(document, setPath(document, as, table.find(values[index] ?? []))),
      );
    }
  };
}

function joinByPipeline(lookup: Lookup, pipeline: readonly Document[], context: StageContext): (source: Flow) => Flow {
  const { equality, as } = lookup;
  const isSame = !equality && lookup.let.length === 0;
  return async function* (source) {
    let shared: readonly Document[] | undefined;
    for await (const batch of source) {
      const joined: Document[] = [];
      for (const document of batch) {
        const prefix = equality ? [matchAny(equality.foreign, localValues(document, equality.local))] : [];
        const found = shared ?? (await collect(open(lookup, [...prefix, ...pipeline], document, context)));
        if (isSame && fits(found, context)) shared = found;
        joined.push(carryMetadata(document, setPath(document, as, found)));
        context.check();
      }
      yield joined;
      await context.pause();
    }
  };
}

const fits = (documents: readonly Document[], { memoryLimitBytes = 104_857_600 }: StageContext): boolean =>
  sizeOf(documents) <= memoryLimitBytes;

function open(lookup: Lookup, stages: readonly Document[], document: Document, context: StageContext): Flow {
  const constants = new Map<string, Result>(context.constants ?? []);
  for (const [name, expression] of lookup.let) constants.set(name, expression(document, undefined));
  if (lookup.from) return context.read(lookup.from, stages, constants);
  return context.withConstants(constants).compilePipeline(stages).run(flowOf([]));
}
