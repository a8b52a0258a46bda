import { randomUUID } from "node:crypto";
import { prepareInsert } from "../../commands/crud/prepare-insert.ts";
import { MongoError } from "../../errors/mongo-error.ts";
import type { Namespace, Writer } from "../../storage/store.ts";
import { emptyDocument } from "../../values/document.ts";
import type { StageCompiler } from "../stages/stage.ts";
import { openTarget, readTarget } from "./target.ts";

/**
 * `$out`: replaces a collection at once. The documents go to a collection of another name, with the target's options and indexes, which takes the
 * target's place when all are there; until then, and when something fails, the target stays as it was.
 */
export const compileOut: StageCompiler = (argument, context) => {
  const target = readTarget(argument, context.namespace.database, "$out", 16990);
  return {
    isWriter: true,
    async *run(source) {
      const write = openTarget(context, target);
      const draft = { database: target.database, collection: `tmp.agg_out.${randomUUID()}` };
      const before = context.info(target)?.uuid;
      await write((writer) => createLike(writer, draft, target));
      let isInPlace = false;
      try {
        for await (const batch of source) {
          await write((writer) => {
            const collection = writer.openOrCreate(draft);
            for (const document of batch) {
              const prepared = prepareInsert(document, context.now.ms);
              context.validate?.(collection.info, prepared);
              collection.insert(prepared);
            }
          });
        }
        await write((writer) => {
          const now = writer.info(target)?.uuid;
          if ((before === undefined) !== (now === undefined) || (before && now && !before.equals(now))) {
            throw new MongoError(
              "CommandFailed",
              `the collection ${target.collection} was changed while $out was running`,
            );
          }
          writer.rename(draft, target, true);
        });
        isInPlace = true;
      } finally {
        if (!isInPlace) await write((writer) => writer.drop(draft));
      }
    },
  };
};

function createLike(writer: Writer, draft: Namespace, target: Namespace): void {
  const like = writer.info(target);
  writer.create(draft, like?.options ?? emptyDocument);
  const indexes = (like?.indexes ?? []).filter(({ name }) => name !== "_id_").map((index) => index.specification);
  if (indexes.length > 0) writer.createIndexes(draft, indexes);
}
