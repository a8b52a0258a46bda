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
