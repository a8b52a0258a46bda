import type { Command } from "../command.ts";
import { collMod } from "./coll-mod.ts";
import { collStats } from "./coll-stats.ts";
import { compact } from "./compact.ts";
import { convertToCapped } from "./convert-to-capped.ts";
import { create } from "./create.ts";
import { createIndexes } from "./create-indexes.ts";
import { dataSize } from "./data-size.ts";
import { dbStats } from "./db-stats.ts";
import { drop } from "./drop.ts";
import { dropDatabase } from "./drop-database.ts";
import { dropIndexes } from "./drop-indexes.ts";
import { listCollections } from "./list-collections.ts";
import { listDatabases } from "./list-databases.ts";
import { listIndexes } from "./list-indexes.ts";
import { planCacheClear } from "./plan-cache-clear.ts";
import { renameCollection } from "./rename-collection.ts";
import { searchIndexCommands } from "./search-indexes.ts";
import { validate } from "./validate.ts";

/** Commands on collections, databases and indexes; a new one is a file and a line here. */
export const catalogCommands: readonly Command[] = [
  create,
  drop,
  dropDatabase,
  renameCollection,
  listCollections,
  listDatabases,
  collMod,
  createIndexes,
  dropIndexes,
  listIndexes,
  collStats,
  dbStats,
  dataSize,
  validate,
  convertToCapped,
  compact,
  planCacheClear,
  ...searchIndexCommands,
];
