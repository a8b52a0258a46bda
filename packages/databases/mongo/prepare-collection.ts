import { type Db, MongoServerError } from "mongodb";
import { indexFailed } from "../seed/errors.ts";
import type { CollectionDefinition, IndexDefinition } from "../seed/language/dataset.ts";

// NamespaceExists (MongoDB's error_codes.yml): another one made it meanwhile.
const namespaceExists = 48;

/** Makes a collection with its validator where it does not exist, and its indexes. True when it was made. @throws DevError INDEX_FAILED */
export async function prepareCollection(db: Db, name: string, definition: CollectionDefinition): Promise<boolean> {
  const { indexes = [], validator, options } = definition;
  const isThere = (await db.listCollections({ name }, { nameOnly: true }).toArray()).length > 0;
  if (!isThere) {
    const more = validator === undefined ? options : { ...options, validator };
    await db.command({ create: name, ...more }).catch((error: unknown) => {
      if (!(error instanceof MongoServerError && error.code === namespaceExists)) throw error;
    });
  }
  if (indexes.length > 0)
    await db.command({ createIndexes: name, indexes: indexes.map(withName) }).catch((error: unknown) => {
      throw indexFailed(name, error);
    });
  return !isThere;
}

/** The name that drivers give (MongoDB manual, indexes, default names). */
function withName(index: IndexDefinition): IndexDefinition {
  const name = Object.entries(index.key)
    .map(([field, direction]) => `${field}_${direction}`)
    .join("_");
  return { name, ...index };
}
