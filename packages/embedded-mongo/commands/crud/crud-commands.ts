import type { Command } from "../command.ts";
import { aggregate } from "./aggregate.ts";
import { bulkWrite } from "./bulk-write.ts";
import { count } from "./count.ts";
import { deleteCommand } from "./delete.ts";
import { distinct } from "./distinct.ts";
import { explain } from "./explain.ts";
import { find } from "./find.ts";
import { findAndModify } from "./find-and-modify.ts";
import { insert } from "./insert.ts";
import { mapReduce } from "./map-reduce.ts";
import { update } from "./update.ts";

/** Commands on documents; a new one is a file and a line here. */
export const crudCommands: readonly Command[] = [
  insert,
  find,
  update,
  deleteCommand,
  findAndModify,
  aggregate,
  count,
  distinct,
  bulkWrite,
  explain,
  mapReduce,
];
