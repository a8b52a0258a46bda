import type { BackedUpMongo, CollectionFacts } from "../manifest.ts";
import type { BackupSource, PartWriter } from "../part-writer.ts";
import { writeArchive } from "./archive-writer.ts";
import { type Canary, canaryPart, canaryText } from "./canary.ts";
import { writeMetadata } from "./collection-metadata.ts";
import { ContentSum } from "./content-sum.ts";
import { fileNameOf } from "./file-names.ts";
import { factsOf } from "./mongo-facts.ts";
import { type DumpedCollection, type MongoDump, openMongoDump } from "./open-dump.ts";

/** What a dump of ours calls its tool: mongorestore asks for one. */
const toolVersion = "100.12.0";

/** Writes a MongoDB server's data as mongodump does, folder or archive, and a document by which a copy is known. @throws the driver's error */
export async function writeMongo(source: BackupSource, writer: PartWriter): Promise<BackedUpMongo> {
  const { service, provider, uri } = source;
  const dump = await openMongoDump(uri, writer.signal);
  try {
    const counting = new CountedDump(dump, service, writer);
    const versions = { server: dump.version, tool: toolVersion };
    if (writer.layout === "archive")
      await writer.write(
        `${service}/dump.archive.gz`,
        writeArchive(dump.collections, (each) => counting.documents(each), versions),
        true,
      );
    else await writeFolder(service, dump, counting, writer);
    if (counting.canary) await writer.write(canaryPart(service), once(await canaryText(counting.canary)), false);
    const { version, consistency, consistencyDetail } = dump;
    return {
      service,
      kind: "mongo",
      provider,
      version,
      consistency,
      consistencyDetail,
      collections: await counting.facts(),
    };
  } finally {
    await dump.close();
  }
}

async function writeFolder(service: string, dump: MongoDump, counting: CountedDump, writer: PartWriter): Promise<void> {
  const { BSON } = await import("mongodb");
  const prelude = JSON.stringify({ ServerVersion: dump.version, ToolVersion: toolVersion });
  await writer.write(`${service}/prelude.json.gz`, once(prelude), true);
  for (const collection of dump.collections) {
    const { database, name, source, metadata } = collection;
    const folder = `${service}/${encodeURIComponent(database)}`;
    const text = writeMetadata(metadata, BSON);
    await writer.write(`${folder}/${fileNameOf(name)}.metadata.json.gz`, once(text), true);
    if (source !== undefined)
      await writer.write(`${folder}/${fileNameOf(source)}.bson.gz`, joined(counting.documents(collection)), true);
  }
}

/** Counts and sums documents as they go by. */
class CountedDump {
  readonly #dump: MongoDump;
  readonly #service: string;
  readonly #writer: PartWriter;
  readonly #sums = new Map<DumpedCollection, ContentSum>();
  #total = 0;
  /** The first document. */
  canary: Canary | undefined;

  constructor(dump: MongoDump, service: string, writer: PartWriter) {
    this.#dump = dump;
    this.#service = service;
    this.#writer = writer;
  }

  async *documents(collection: DumpedCollection): AsyncGenerator<readonly Buffer[]> {
    const sum = new ContentSum();
    this.#sums.set(collection, sum);
    for await (const batch of this.#dump.documents(collection)) {
      for (const document of batch) sum.add(document);
      const [first] = batch;
      const { database, name } = collection;
      if (first && name === collection.source) this.canary ??= { database, name, document: first };
      this.#total += batch.length;
      const message = `${collection.database}.${collection.name}, ${this.#total.toLocaleString("en")} documents`;
      this.#writer.report({ task: this.#service, message, done: 0, total: 0 });
      yield batch;
    }
  }

  facts(): Promise<readonly CollectionFacts[]> {
    const { collections } = this.#dump;
    return Promise.all(collections.map((each) => factsOf(each, this.#sums.get(each) ?? new ContentSum())));
  }
}

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

async function* joined(batches: AsyncIterable<readonly Buffer[]>): AsyncGenerator<Buffer> {
  for await (const batch of batches) yield Buffer.concat(batch);
}
