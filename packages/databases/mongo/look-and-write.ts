import { type Db, ObjectId } from "mongodb";
import { addDocument, emptySummary, type FieldSummary } from "../seed/infer/field-summary.ts";
import type { InferOptions } from "../seed/infer/infer-options.ts";
import { looksLike } from "../seed/infer/personal-data.ts";
import { type FoundCollection, writeDataset } from "../seed/infer/write-dataset.ts";
import { openMongo } from "./open-mongo.ts";

// So many ids of a field are looked for; most of them must be there.
const idsLookedFor = 20;

/**
 * The text of a dataset's file that makes data like that of a database: types, optional fields, ranges, enumerations, references.
 * @throws the driver's error
 */
export async function lookAndWrite(options: InferOptions): Promise<string> {
  const client = await openMongo(options.uri);
  try {
    const db = client.db(options.database);
    const infos = await db.listCollections({ type: "collection" }, { nameOnly: true }).toArray();
    const names = infos.map(({ name }) => name).filter((name) => !/^(?:system\.|_drydock)/.test(name));
    const collections: FoundCollection[] = [];
    for (const name of names.sort()) collections.push(await look(db, name, options.sample));
    const references = await findReferences(db, collections);
    const { name, isMasked, now } = options;
    return writeDataset(name, collections, { isMasked, now, referenceOf: (summary) => references.get(summary) });
  } finally {
    await client.close();
  }
}

async function look(db: Db, name: string, sample: number): Promise<FoundCollection> {
  const collection = db.collection(name);
  const count = await collection.estimatedDocumentCount();
  const summary = emptySummary();
  let sampled = 0;
  const pipeline = count <= sample ? [] : [{ $sample: { size: sample } }];
  const options = { promoteLongs: false, promoteValues: true, bsonRegExp: true };
  for await (const document of collection.aggregate(pipeline, options)) {
    addDocument(summary, document, looksLike);
    sampled++;
  }
  const indexes = (await collection.indexes()).filter((index) => index.name !== "_id_");
  return { name, count, sampled, summary, indexes };
}

/** Fields whose ids are those of a collection. */
async function findReferences(
  db: Db,
  collections: readonly FoundCollection[],
): Promise<ReadonlyMap<FieldSummary, string>> {
  const found = new Map<FieldSummary, string>();
  for (const { summary } of collections)
    for (const field of fieldsIn(summary)) {
      if (field === summary.fields.get("_id") || field.ids.size === 0) continue;
      const ids = [...field.ids.keys()].slice(0, idsLookedFor).map((id) => ObjectId.createFromHexString(id));
      for (const { name } of collections) {
        const there = await db.collection(name).countDocuments({ _id: { $in: ids } });
        if (there < ids.length * 0.8) continue;
        found.set(field, name);
        break;
      }
    }
  return found;
}

function fieldsIn(summary: FieldSummary): readonly FieldSummary[] {
  const inner = [...summary.fields.values(), ...(summary.element ? [summary.element] : [])];
  return inner.flatMap((field) => [field, ...fieldsIn(field)]);
}
