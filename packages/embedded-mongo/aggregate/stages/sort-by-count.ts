import { MongoError } from "../../errors/mongo-error.ts";
import { Document } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import { compileGroup } from "./group.ts";
import { compileSortStage } from "./sort.ts";
import type { StageCompiler } from "./stage.ts";

/** `$sortByCount`: `$group` by an expression, the largest groups first. */
export const compileSortByCount: StageCompiler = (argument, context, name) => {
  const isExpression =
    argument instanceof Document
      ? (argument.firstName ?? "").startsWith("$")
      : typeof argument === "string" && argument.startsWith("$");
  if (!isExpression) {
    throw argument instanceof Document
      ? new MongoError(40147, "the sortByCount field must be defined as an expression inside an object")
      : new MongoError(
          typeof argument === "string" ? 40148 : 40149,
          "the sortByCount field must be specified as an expression or a $-prefixed path",
        );
  }
  const count = Document.from([["$sum", int32(1)]]);
  const group = compileGroup(
    Document.from([
      ["_id", argument],
      ["count", count],
    ]),
    context,
    name,
  );
  const sort = compileSortStage(Document.from([["count", int32(-1)]]), context, name);
  return { run: (source) => sort.run(group.run(source)) };
};
