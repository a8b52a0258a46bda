import { MongoError } from "../../errors/mongo-error.ts";
import { Document, type Value } from "../../values/document.ts";
import type { Accumulator, AccumulatorFactory } from "../accumulators/accumulator.ts";
import { accumulators } from "../accumulators/all-accumulators.ts";
import type { Compiler, Expression, Result } from "../expressions/expression.ts";
import type { PipelineContext } from "../pipeline-context.ts";
import { Memory } from "../spill/memory.ts";
import { Partitions } from "../spill/partitions.ts";
import { sizeOf } from "../spill/size-of.ts";
import { valueKey } from "../value-key.ts";
import { compilerOf } from "./compiler.ts";
import { inBatches } from "./flow.ts";
import type { StageCompiler } from "./stage.ts";

/** A field of the results and how it is gathered. */
export type GroupField = readonly [name: string, factory: AccumulatorFactory];

/** `$group`. */
export const compileGroup: StageCompiler = (argument, context) => {
  if (!(argument instanceof Document)) throw new MongoError(15947, "a group's fields must be specified in an object");
  const compiler = compilerOf(context);
  const id = argument.get("_id");
  if (id === undefined) throw new MongoError(15955, "a group specification must include an _id");
  const fields = readFields(argument, compiler);
  const key = compiler.compile(id);
  return {
    async *run(source) {
      const grouping = new Grouping(key, fields, context);
      try {
        for await (const batch of source) for (const document of batch) grouping.add(document);
        yield* inBatches(grouping.results());
      } finally {
        grouping.close();
      }
    },
  };
};

/** The fields besides `_id`. @throws MongoError 15952, 40234, 40235, 40237, 40238 */
export function readFields(specification: Document, compiler: Compiler): readonly GroupField[] {
  const fields: GroupField[] = [];
  for (const [name, value] of specification.fields()) {
    if (name === "_id") continue;
    if (name.includes(".")) throw new MongoError(40235, `The field name '${name}' cannot contain '.'`);
    if (name.startsWith("$")) throw new MongoError(40236, `The field name '${name}' cannot be an operator name`);
    if (!(value instanceof Document) || value.size === 0) {
      throw new MongoError(40234, `The field '${name}' must be an accumulator object`);
    }
    if (value.size !== 1) throw new MongoError(40238, `The field '${name}' must specify one accumulator`);
    const operator = value.firstName ?? "";
    if (!operator.startsWith("$")) throw new MongoError(40234, `The field '${name}' must be an accumulator object`);
    if (operator === "$accumulator") {
      throw new MongoError("CommandNotSupported", "$accumulator is not supported: this server runs no JavaScript");
    }
    const compile = accumulators.get(operator);
    if (!compile) throw new MongoError(15952, `unknown group operator '${operator}'`);
    fields.push([name, compile(value.get(operator) ?? null, compiler, operator)]);
  }
  return fields;
}

interface Group {
  readonly id: Result;
  readonly accumulators: readonly Accumulator[];
}

/** Groups in memory; what belongs to groups beyond the memory's limit waits in files, and is grouped after the others. */
class Grouping {
  readonly #key: Expression;
  readonly #fields: readonly GroupField[];
  readonly #context: PipelineContext;
  readonly #groups = new Map<string, Group>();
  readonly #memory: Memory;
  readonly #depth: number;
  #rest: Partitions | undefined;

  constructor(key: Expression, fields: readonly GroupField[], context: PipelineContext, depth = 0) {
    this.#key = key;
    this.#fields = fields;
    this.#context = context;
    this.#depth = depth;
    this.#memory = new Memory(context, "$group");
  }

  add(document: Document): void {
    // A missing value and null are one group.
    const id = this.#key(document, undefined) ?? null;
    const key = valueKey(id, this.#context.collation);
    let group = this.#groups.get(key);
    if (!group) {
      if (this.#rest) {
        this.#rest.add(key, document);
        return;
      }
      group = this.#start(id);
      this.#groups.set(key, group);
      this.#count(key.length + sizeOf(id) + 100 * (this.#fields.length + 1));
    }
    for (let at = 0; at < this.#fields.length; at++) {
      const value = this.#fields[at]?.[1].input(document, undefined);
      group.accumulators[at]?.add(value);
      // Numbers and the like take no room of their own.
      if (typeof value === "object" || typeof value === "string") this.#count(sizeOf(value));
    }
  }

  #count(bytes: number): void {
    if (!this.#rest && this.#memory.isFullWith(bytes))
      this.#rest = new Partitions(this.#context.temporaryDirectory, this.#depth);
  }

  #start(id: Result): Group {
    const fields = id instanceof Document ? id.fields() : new Map<string, Value>();
    const group = Document.of(id === undefined ? fields : new Map([["_id", id], ...fields]));
    return { id, accumulators: this.#fields.map(([, factory]) => factory.start(group)) };
  }

  *results(): Generator<Document> {
    for (const { id, accumulators: states } of this.#groups.values()) {
      const made = new Map<string, Value>([["_id", id ?? null]]);
      for (const [index, [name]] of this.#fields.entries()) {
        const value = states[index]?.result();
        if (value !== undefined) made.set(name, value);
      }
      yield Document.of(made);
    }
    this.#groups.clear();
    for (const part of this.#rest?.parts() ?? []) yield* this.#regroup(part);
  }

  *#regroup(part: Iterable<Document>): Generator<Document> {
    const grouping = new Grouping(this.#key, this.#fields, this.#context, this.#depth + 1);
    try {
      for (const document of part) grouping.add(document);
      yield* grouping.results();
    } finally {
      grouping.close();
    }
  }

  close(): void {
    this.#rest?.close();
  }
}
