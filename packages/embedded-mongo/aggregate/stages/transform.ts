import { carryMetadata } from "../expressions/metadata.ts";
import { transformCompilers } from "../project/transforms.ts";
import { compilerOf } from "./compiler.ts";
import { eachDocument } from "./flow.ts";
import type { StageCompiler } from "./stage.ts";

/** `$addFields`, `$set`, `$project`, `$replaceRoot`, `$replaceWith` and `$unset`. */
export const transformStages: readonly (readonly [string, StageCompiler])[] = [...transformCompilers].map(
  ([name, compile]) => [
    name,
    (argument, context) => {
      const transform = compile(argument, compilerOf(context));
      return eachDocument((document) => carryMetadata(document, transform(document, undefined)));
    },
  ],
);
