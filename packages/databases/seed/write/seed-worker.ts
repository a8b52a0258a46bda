import { MongoTarget } from "../../mongo/mongo-target.ts";
import { valueMaker } from "../../mongo/value-maker.ts";
import { RedisTarget } from "../../redis/redis-target.ts";
import { badDataset } from "../errors.ts";
import { Generation } from "../generate/generation.ts";
import type { Dataset } from "../language/dataset.ts";
import { loadFaker } from "../language/faker.ts";
import type { RangeBody, WorkerMethods, Written } from "./worker-protocol.ts";

type Answers = {
  readonly [Method in keyof WorkerMethods]: (
    body: WorkerMethods[Method]["body"],
  ) => Promise<WorkerMethods[Method]["answer"]>;
};

/** What a worker thread does, by method: loads a dataset, makes its documents and writes them. */
export class SeedWorker implements Answers {
  readonly #loadDataset: (file: string) => Promise<unknown>;
  #dataset: Dataset | undefined;
  #generation: Generation | undefined;
  #now = 0;
  #mongo: MongoTarget | undefined;
  #redis: RedisTarget | undefined;

  constructor(loadDataset: (file: string) => Promise<unknown>) {
    this.#loadDataset = loadDataset;
  }

  /** @throws DevError those of the dataset and of the writing; the driver's error */
  answer(method: keyof WorkerMethods, body: unknown): Promise<unknown> {
    // The other side of the protocol sends each method its own body.
    const act = this[method] as (body: unknown) => Promise<unknown>;
    return act(body);
  }

  readonly load: Answers["load"] = async ({ file }) => {
    await loadFaker();
    const dataset = checked(file, await this.#loadDataset(file));
    this.#dataset = dataset;
    const { name, collections, extras } = dataset;
    return {
      name,
      collections: Object.keys(collections),
      entries: Object.keys(extras.redis ?? {}),
      database: extras.database,
      hasAfter: extras.after !== undefined,
    };
  };

  readonly open: Answers["open"] = async ({ options, targets }) => {
    const dataset = this.#loaded();
    const generation = new Generation(dataset, options, valueMaker);
    this.#generation = generation;
    this.#now = options.now;
    if (targets.mongo && !this.#mongo) this.#mongo = await MongoTarget.open(targets.mongo);
    if (targets.redis && !this.#redis) this.#redis = await RedisTarget.open(targets.redis);
    return {
      collections: Object.keys(dataset.collections).map((name) => ({
        name,
        count: generation.countOf(name),
        hasPlainIds: generation.hasPlainIds(name),
      })),
      entries: Object.keys(dataset.extras.redis ?? {}).map((name) => ({ name, count: generation.keyCountOf(name) })),
    };
  };

  readonly prepare: Answers["prepare"] = async ({ collection }) => {
    const definition = this.#loaded().collections[collection];
    return definition === undefined ? false : this.#toMongo().prepare(collection, definition);
  };

  readonly insert: Answers["insert"] = async ({ name, from, to, mayExist }) => {
    const generation = this.#opened();
    const documents: object[] = [];
    for (let index = from; index < to; index++) documents.push(generation.documentOf(name, index));
    return this.#toMongo().insert(name, from, documents, mayExist);
  };

  readonly keys: Answers["keys"] = async ({ name, from, to, mayExist }: RangeBody): Promise<Written> => {
    const generation = this.#opened();
    const keys = Array.from({ length: to - from }, (_, at) => generation.keyAt(name, from + at));
    return this.#toRedis().write(name, keys, mayExist);
  };

  readonly after: Answers["after"] = async () => {
    const { collections, extras } = this.#loaded();
    const generation = this.#opened();
    await extras.after?.({
      mongo: (command) => this.#toMongo().command(command),
      redis: (command, ...words) => this.#toRedis().command(command, words),
      now: new Date(this.#now),
      counts: Object.fromEntries(Object.keys(collections).map((name) => [name, generation.countOf(name)])),
    });
    return null;
  };

  readonly close: Answers["close"] = async () => {
    await this.#mongo?.close();
    this.#redis?.close();
    return null;
  };

  #loaded(): Dataset {
    if (!this.#dataset) throw new Error("no dataset was loaded");
    return this.#dataset;
  }

  #opened(): Generation {
    if (!this.#generation) throw new Error("no generation was opened");
    return this.#generation;
  }

  #toMongo(): MongoTarget {
    if (!this.#mongo) throw badDataset(this.#loaded().name, "the project has no MongoDB to write it to");
    return this.#mongo;
  }

  #toRedis(): RedisTarget {
    if (!this.#redis) throw badDataset(this.#loaded().name, "the project has no Redis to write it to");
    return this.#redis;
  }
}

/** What a file in seeds/ exports must come from `dataset`. */
function checked(file: string, value: unknown): Dataset {
  const isDataset = typeof value === "object" && value !== null && "kind" in value && value.kind === "drydock dataset";
  if (isDataset) return value as Dataset;
  throw badDataset(file, "the file exports no dataset", 'Write `export default dataset("name", { ... })`.');
}
