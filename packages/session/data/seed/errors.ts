import { DevError } from "@drydock/core";

/** Builds NO_DATASETS (exit 3). */
export const noDatasets = (folder: string) =>
  new DevError("NO_DATASETS", `There is no dataset in ${folder}.`, {
    exitCode: 3,
    hint: 'Write seeds/demo.ts with `export default dataset("demo", { ... })`, or make one of existing data: `dev seed infer`.',
  });

/** Builds NO_SUCH_DATASET (exit 3). */
export const noSuchDataset = (name: string | undefined, known: readonly string[], near: string | undefined) =>
  new DevError(
    "NO_SUCH_DATASET",
    name === undefined ? "There are several datasets, and none is the default." : `There is no dataset "${name}".`,
    {
      exitCode: 3,
      hint:
        near === undefined
          ? `There are ${known.join(", ")}. \`data.seed\` in dev.config.ts names the default.`
          : `Did you mean "${near}"?`,
    },
  );

/** Builds DATASET_DOES_NOT_LOAD (exit 2): the file is no module, or what it runs fails. */
export const datasetDoesNotLoad = (file: string, cause: unknown) => {
  const message = cause instanceof Error ? cause.message : String(cause);
  const [first = "", ...rest] = message.replace(/^\w*Error: /, "").split("\n");
  return new DevError("DATASET_DOES_NOT_LOAD", `${file} cannot be loaded: ${first}`, {
    exitCode: 2,
    evidence: rest.filter((line) => line.trim() !== "").slice(0, 6),
    hint: "Correct it, or run it with --debug for the stack.",
    cause,
  });
};

/** Builds DATASET_NAME (exit 2): the file's name and the dataset's are two. */
export const datasetName = (file: string, name: string) =>
  new DevError("DATASET_NAME", `${file} has the dataset "${name}".`, {
    exitCode: 2,
    hint: "Give the file and the dataset the same name.",
  });

/** Builds NO_DATABASE (exit 3): the dataset has what no running database takes. */
export const noDatabase = (kind: "MongoDB" | "Redis", service: string | undefined) =>
  new DevError(
    "NO_DATABASE",
    service ? `${service} does not run.` : `The stack has no ${kind}, and the dataset needs one.`,
    {
      exitCode: 3,
      hint: service
        ? "`dev up` starts it."
        : "Add a service with its image to the Compose file, or name a server with `--to URI`.",
    },
  );

/** Builds REMOTE_DATABASE (exit 2): a database that is neither of this project nor on this machine. */
export const remoteDatabase = (host: string) =>
  new DevError("REMOTE_DATABASE", `${host} is not this machine, and no database of this project.`, {
    exitCode: 2,
    hint: `Nothing was changed. If it is meant, add --allow-remote ${host}.`,
  });

/** Builds BAD_TARGET (exit 2). */
export const badTarget = (uri: string) =>
  new DevError("BAD_TARGET", `--to ${uri} is no address of a database.`, {
    exitCode: 2,
    hint: "Write mongodb://127.0.0.1:27017/shop or redis://127.0.0.1:6379/0.",
  });
