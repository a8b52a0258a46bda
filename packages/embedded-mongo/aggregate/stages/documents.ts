import { MongoError } from "../../errors/mongo-error.ts";
import { Document, emptyDocument } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { compilerOf } from "./compiler.ts";
import { flowOf } from "./flow.ts";
import type { StageCompiler } from "./stage.ts";

/** `$documents`: the documents that an expression gives. */
export const compileDocuments: StageCompiler = (argument, context) => {
  const expression = compilerOf(context).compile(argument);
  return {
    isSource: true,
    run() {
      const items = expression(emptyDocument, undefined);
      if (!isArray(items)) throw new MongoError(5858203, "an array is expected");
      const documents = items.map((item) => {
        if (item instanceof Document) return item;
        throw new MongoError(40228, "$documents must evaluate to an array of objects");
      });
      return flowOf(documents);
    },
  };
};
