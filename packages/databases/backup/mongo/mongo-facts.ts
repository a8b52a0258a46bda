import type { CollectionFacts } from "../manifest.ts";
import { indexText } from "./collection-metadata.ts";
import { ContentSum } from "./content-sum.ts";
import { type DumpedCollection, openMongoDump } from "./open-dump.ts";

/** What a collection holds, from its metadata and the sum of its documents. */
export async function factsOf(
  { database, name, metadata }: Pick<DumpedCollection, "database" | "name" | "metadata">,
  sum: ContentSum,
): Promise<CollectionFacts> {
  const { BSON } = await import("mongodb");
  const { type, options, indexes } = metadata;
  return {
    database,
    name,
    type: options.timeseries === undefined ? type : "timeseries",
    documents: sum.count,
    sum: sum.hex,
    indexes: indexes.map((index) => indexText(index, BSON)).toSorted(),
  };
}

/** Reads everything that a server has, or that was loaded aside, and says what it is. @throws the driver's error */
export async function readMongoFacts(
  uri: string,
  signal: AbortSignal,
  isAside = false,
): Promise<readonly CollectionFacts[]> {
  const dump = await openMongoDump(uri, signal, isAside);
  try {
    const facts: CollectionFacts[] = [];
    for (const collection of dump.collections) {
      const sum = new ContentSum();
      for await (const batch of dump.documents(collection)) for (const document of batch) sum.add(document);
      facts.push(await factsOf(collection, sum));
    }
    return facts;
  } finally {
    await dump.close();
  }
}

/** How two servers' collections differ, in sentences; none where they do not. */
export function compareCollections(
  wanted: readonly CollectionFacts[],
  found: readonly CollectionFacts[],
): readonly string[] {
  return wanted.flatMap((each) => {
    const name = `${each.database}.${each.name}`;
    const other = found.find((one) => one.database === each.database && one.name === each.name);
    if (!other) return [`${name} is missing`];
    if (other.documents !== each.documents)
      return [
        `${name} has ${other.documents.toLocaleString("en")} documents instead of ${each.documents.toLocaleString("en")}`,
      ];
    if (other.sum !== each.sum) return [`${name} has as many documents, and not the same`];
    const missing = each.indexes.filter((index) => !other.indexes.includes(index));
    return missing.map((index) => `${name} has no index ${index}`);
  });
}
