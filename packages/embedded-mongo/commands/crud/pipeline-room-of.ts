import type { PipelineRoom } from "../../run/pipeline-room.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Reader } from "../../storage/store.ts";
import type { Document } from "../../values/document.ts";
import { collationOf, type Operating, queryOptions } from "./operation-options.ts";
import { documentValidator } from "./validate-document.ts";

/** What a command's pipelines run in: its operation, its moment, its `let`, and its way to write. */
export function pipelineRoomOf(
  context: CommandContext,
  reader: Reader,
  shared: Operating,
  options: { readonly collation: Document | undefined; readonly allowDiskUse: boolean; readonly bypasses?: boolean },
): PipelineRoom {
  return {
    reader,
    operation: context.operation,
    now: shared.now,
    constants: shared.constants,
    collation: collationOf(options.collation),
    allowDiskUse: options.allowDiskUse,
    optionsFor: (info, constants) => queryOptions({ ...shared, constants }, options.collation, info),
    write: (work) => context.write(work),
    validate: options.bypasses
      ? undefined
      : (info, document) => documentValidator(info, shared.now.ms)?.insert(document),
  };
}
