import { collStats } from "./catalog/coll-stats.ts";
import { convertToCapped } from "./catalog/convert-to-capped.ts";
import { create } from "./catalog/create.ts";
import { createIndexes } from "./catalog/create-indexes.ts";
import { dataSize } from "./catalog/data-size.ts";
import { dbStats } from "./catalog/db-stats.ts";
import { drop } from "./catalog/drop.ts";
import { dropDatabase } from "./catalog/drop-database.ts";
import { dropIndexes } from "./catalog/drop-indexes.ts";
import { listCollections } from "./catalog/list-collections.ts";
import { listDatabases } from "./catalog/list-databases.ts";
import { listIndexes } from "./catalog/list-indexes.ts";
import { renameCollection } from "./catalog/rename-collection.ts";
import { validate } from "./catalog/validate.ts";
import type { Command } from "./command.ts";
import { aggregate } from "./crud/aggregate.ts";
import { count } from "./crud/count.ts";
import { deleteCommand } from "./crud/delete.ts";
import { distinct } from "./crud/distinct.ts";
import { find } from "./crud/find.ts";
import { findAndModify } from "./crud/find-and-modify.ts";
import { insert } from "./crud/insert.ts";
import { mapReduce } from "./crud/map-reduce.ts";
import { update } from "./crud/update.ts";

/** Commands on documents, collections, indexes and databases. A new one is a file and a line here. */
export const dataCommands: readonly Command[] = [
  aggregate,
  collStats,
  convertToCapped,
  count,
  create,
  createIndexes,
  dataSize,
  dbStats,
  deleteCommand,
  distinct,
  drop,
  dropDatabase,
  dropIndexes,
  find,
  findAndModify,
  insert,
  listCollections,
  listDatabases,
  listIndexes,
  mapReduce,
  renameCollection,
  update,
  validate,
];
