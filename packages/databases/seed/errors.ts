import { DevError, nearest } from "@drydock/core";

/** Builds OUTSIDE_DATASET (exit 2): a word of datasets was used where no document is made. */
export const outsideDataset = (word: string) =>
  new DevError("OUTSIDE_DATASET", `${word} gives values while a document is made, and none is.`, {
    exitCode: 2,
    hint: `Use ${word} inside a \`document\`, \`key\` or \`value\` function.`,
  });

/** Builds NO_SUCH_COLLECTION (exit 2): a reference to what the dataset has not. */
export const noSuchCollection = (collection: string, from: string, known: readonly string[] = []) => {
  const near = nearest(collection, known);
  return new DevError(
    "NO_SUCH_COLLECTION",
    `${from} refers to "${collection}", which is no collection of the dataset.`,
    {
      exitCode: 2,
      ...(near === undefined ? {} : { hint: `Did you mean "${near}"?` }),
    },
  );
};

/** Builds EMPTY_REFERENCE (exit 2). */
export const emptyReference = (collection: string, from: string) =>
  new DevError("EMPTY_REFERENCE", `${from} refers to "${collection}", which has no documents.`, {
    exitCode: 2,
    hint: `Give "${collection}" a count above 0.`,
  });

/** Builds REFERENCE_CYCLE (exit 2): documents that are made of each other. */
export const referenceCycle = (path: readonly string[]) =>
  new DevError("REFERENCE_CYCLE", `Documents are made of each other without end: ${path.join(" -> ")}.`, {
    exitCode: 2,
    hint: "Refer to one of them by its id, with `ref`, instead of `one`.",
  });

/** Builds BAD_DATASET (exit 2): what a dataset says makes no sense. */
export const badDataset = (dataset: string, message: string, hint?: string) =>
  new DevError("BAD_DATASET", `The dataset "${dataset}": ${message}`, {
    exitCode: 2,
    ...(hint === undefined ? {} : { hint }),
  });

/** Builds DOCUMENT_FAILED (exit 2): a function of the dataset threw. */
export const documentFailed = (where: string, index: number, cause: unknown) => {
  const words = cause instanceof Error ? cause.message : String(cause);
  const stack =
    cause instanceof Error ? (cause.stack ?? "").split("\n").filter((line) => /\.[cm]?[tj]s:\d/.test(line)) : [];
  return new DevError("DOCUMENT_FAILED", `${where} could not be made for index ${index}: ${words}`, {
    exitCode: 2,
    evidence: stack.slice(0, 2).map((line) => line.trim()),
    cause,
  });
};

/** Builds DOCUMENT_REFUSED (exit 1): the server does not take a document. */
export const documentRefused = (
  collection: string,
  index: number,
  { code, errmsg, errInfo }: { readonly code: number; readonly errmsg: string; readonly errInfo?: object },
  document: unknown,
) => {
  const isDuplicate = code === 11_000;
  const isInvalid = code === 121;
  const because = isDuplicate
    ? "another document has a value that must be unique"
    : isInvalid
      ? "the collection's validator does not allow it"
      : errmsg;
  return new DevError("DOCUMENT_REFUSED", `${collection}: the document of index ${index} is refused: ${because}.`, {
    evidence: [
      ...(isDuplicate ? [errmsg] : []),
      ...(isInvalid && errInfo ? [JSON.stringify(errInfo).slice(0, 400)] : []),
      JSON.stringify(document).slice(0, 400),
    ],
    hint: isDuplicate
      ? "Use `unique(...)` or `uniqueNumber()` for that field."
      : "Correct the dataset; what was written stays, and the next `dev seed` begins it again.",
  });
};

/** Builds INDEX_FAILED (exit 1). */
export const indexFailed = (collection: string, cause: unknown) =>
  new DevError("INDEX_FAILED", `The indexes of ${collection} could not be made: ${wordsOf(cause)}`, {
    hint: "An index of the same name or fields may exist with other options.",
    cause,
  });

/** Builds KEY_EXISTS (exit 1): a key of Redis is there that seeding did not make. */
export const keyExists = (key: string) =>
  new DevError("KEY_EXISTS", `Redis has a key "${key}" that seeding did not make.`, {
    hint: "`dev seed --reset` replaces it.",
  });

/** Builds NOT_SEEDED_HERE (exit 1): collections have documents that seeding did not make. */
export const notSeededHere = (names: readonly string[]) =>
  new DevError(
    "NOT_SEEDED_HERE",
    `${list(names)} ${names.length === 1 ? "has" : "have"} documents that seeding did not make.`,
    {
      hint: "Nothing was changed. `dev seed --reset` removes them and begins anew; `--only` leaves these collections out.",
    },
  );

/** Builds SEEDED_OTHERWISE (exit 1): the data is of another dataset, seed or count, or its code has changed. */
export const seededOtherwise = (names: readonly string[], before: string) =>
  new DevError(
    "SEEDED_OTHERWISE",
    `${list(names)} ${names.length === 1 ? "was" : "were"} seeded otherwise: ${before}.`,
    {
      hint: "Nothing was changed. `dev seed --reset` removes that data and begins anew.",
    },
  );

/** Builds SEED_WORKER_ENDED (exit 1): a thread that made documents ended without an answer. */
export const seedWorkerEnded = (cause: unknown) =>
  new DevError("SEED_WORKER_ENDED", `A thread that made documents ended: ${wordsOf(cause)}`, {
    hint: "`dev seed` continues from where it was.",
    cause,
  });

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

const wordsOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** Builds NO_SUCH_PART (exit 3): `--only` or `--count` names what the dataset has not. */
export const noSuchPart = (dataset: string, part: string, known: readonly string[], near: string | undefined) =>
  new DevError("NO_SUCH_PART", `The dataset "${dataset}" has no "${part}".`, {
    exitCode: 3,
    hint: near === undefined ? `It has ${known.join(", ")}.` : `Did you mean "${near}"?`,
  });
