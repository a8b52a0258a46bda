/** What mongod's arguments mean to the embedded server. */
export interface MongodArguments {
  readonly replicaSet: string | undefined;
  /** `--setParameter enableTestCommands=1`, which fail points need. */
  readonly allowsTestCommands: boolean;
  /** The other parameters of `--setParameter`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Flags that change what a client would see, and are not honoured. */
  readonly ignored: readonly string[];
}

// They tune what the embedded server does not have, or say where mongod logs: nothing changes for a client without them.
const harmless: ReadonlySet<string> = new Set([
  "quiet",
  "wiredTigerCacheSizeGB",
  "wiredTigerCollectionBlockCompressor",
  "wiredTigerJournalCompressor",
  "storageEngine",
  "directoryperdb",
  "oplogSize",
  "logappend",
  "nounixsocket",
  "setParameter",
  "v",
  "verbose",
]);

/** Reads mongod's flags (manual, "mongod", Options): `--name value`, `--name=value`, `-v`. */
export function readMongodArguments(words: readonly string[]): MongodArguments {
  const flags = flagsOf(words);
  const { enableTestCommands, ...parameters } = parametersOf(flags);
  return {
    replicaSet: flags.findLast(({ name }) => name === "replSet")?.value,
    allowsTestCommands: enableTestCommands === "1" || enableTestCommands === "true",
    parameters,
    ignored: flags.filter(({ name }) => name !== "replSet" && !harmless.has(name)).map(({ name }) => `--${name}`),
  };
}

function parametersOf(flags: readonly Flag[]): Readonly<Record<string, string>> {
  const given = flags.filter(({ name }) => name === "setParameter").map(({ value = "" }) => value);
  return Object.fromEntries(given.map((each) => [each.replace(/=.*$/s, ""), each.replace(/^[^=]*=?/s, "")]));
}

interface Flag {
  readonly name: string;
  readonly value: string | undefined;
}

function flagsOf(words: readonly string[]): readonly Flag[] {
  const flags: Flag[] = [];
  for (const [index, word] of words.entries()) {
    const [, name, glued] = /^--?([A-Za-z][\w]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) continue;
    const next = words[index + 1];
    const value = glued ?? (next?.startsWith("-") ? undefined : next);
    flags.push({ name: /^v+$/.test(name) ? "v" : name, value });
  }
  return flags;
}
