import { MongoError } from "../errors/mongo-error.ts";
import type { Namespace, Store } from "../storage/store.ts";
import { isNumber } from "../values/compare-numbers.ts";
import { toTruncated } from "../values/convert-numbers.ts";
import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { int32 } from "../values/scalars.ts";

/** Where mongod keeps its configuration. */
const namespace: Namespace = { database: "local", collection: "system.replset" };

/** A replica set of one member, this server: its primary as soon as it has a configuration. */
export class ReplicaSet {
  readonly name: string;
  readonly #store: Store;
  #configuration: Document | undefined;

  private constructor(name: string, store: Store, configuration: Document | undefined) {
    this.name = name;
    this.#store = store;
    this.#configuration = configuration;
  }

  /** Reads the configuration that the data has, when it is one of this name. */
  static load(name: string, store: Store): ReplicaSet {
    const snapshot = store.snapshot();
    try {
      const document = snapshot.open(namespace)?.findId(name)?.document;
      return new ReplicaSet(name, store, document && Document.of(new Map(document.fields())));
    } finally {
      snapshot.close();
    }
  }

  /** Undefined until it is initiated. */
  get configuration(): Document | undefined {
    return this.#configuration;
  }

  /** The member's address as clients are told it. */
  get host(): string | undefined {
    return this.#configuration && hostOf(this.#configuration);
  }

  get version(): number {
    const version = this.#configuration?.get("version");
    return isNumber(version) ? Number(toTruncated(version)) : 1;
  }

  /** Takes a configuration and keeps it. @throws MongoError InvalidReplicaSetConfig */
  async configure(given: Document, host: string): Promise<void> {
    const configuration = checkedConfiguration(given, this.name, host);
    await this.#store.write((writer) => {
      const collection = writer.openOrCreate(namespace);
      const record = collection.findId(this.name);
      if (record) collection.replace(record.id, record.document, configuration);
      else collection.insert(configuration);
    });
    this.#configuration = configuration;
  }
}

function checkedConfiguration(given: Document, name: string, host: string): Document {
  const id = given.get("_id") ?? name;
  if (id !== name)
    throw new MongoError(
      "InvalidReplicaSetConfig",
      `Attempting to initiate a replica set with name ${String(id)}, but command line reports ${name}; rejecting`,
    );
  const members = given.get("members") ?? [
    Document.from([
      ["_id", int32(0)],
      ["host", host],
    ]),
  ];
  if (!isArray(members) || members.length !== 1 || !(members[0] instanceof Document))
    throw new MongoError(
      "InvalidReplicaSetConfig",
      "This server is the only member of its replica set: members must name one",
    );
  const [member] = members;
  if (typeof member.get("host") !== "string")
    throw new MongoError("InvalidReplicaSetConfig", "The member's host must be a string");
  const version = given.get("version");
  return Document.from([
    ["_id", name],
    ["version", isNumber(version) ? int32(Number(toTruncated(version))) : int32(1)],
    ["term", int32(1)],
    ["members", [Document.of(new Map([...memberDefaults, ...member.fields()]))]],
    ["protocolVersion", 1n],
    ["writeConcernMajorityJournalDefault", true],
    ["settings", settings],
  ]);
}

const memberDefaults: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["_id", int32(0)],
  ["host", ""],
  ["arbiterOnly", false],
  ["buildIndexes", true],
  ["hidden", false],
  ["priority", 1],
  ["tags", Document.from([])],
  ["secondaryDelaySecs", 0n],
  ["votes", int32(1)],
]);

const settings: Document = Document.from([
  ["chainingAllowed", true],
  ["heartbeatIntervalMillis", int32(2000)],
  ["heartbeatTimeoutSecs", int32(10)],
  ["electionTimeoutMillis", int32(10_000)],
  ["catchUpTimeoutMillis", int32(-1)],
  [
    "getLastErrorDefaults",
    Document.from([
      ["w", int32(1)],
      ["wtimeout", int32(0)],
    ]),
  ],
]);

function hostOf(configuration: Document): string | undefined {
  const members = configuration.get("members");
  const member = isArray(members) ? members[0] : undefined;
  const host = member instanceof Document ? member.get("host") : undefined;
  return typeof host === "string" ? host : undefined;
}
