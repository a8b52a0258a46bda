import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { nearest } from "@drydock/core";
import type { Settings } from "@drydock/settings";
import { filesBelow, hashFiles, withImports } from "./code-files.ts";
import { noDatasets, noSuchDataset } from "./errors.ts";

const endings = /\.(?:ts|mts|js|mjs)$/;

/** A file of seeds/ that exports a dataset of its own name. */
export interface DatasetFile {
  readonly name: string;
  readonly path: string;
}

/** The datasets of a project: the files of its folder `seeds` itself. Those in folders below it, and those that begin with `_`, are there to be imported. */
export async function findDatasets(folder: string): Promise<readonly DatasetFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter(({ name }) => endings.test(name) && !/^[_.]|\.test\.|\.d\.ts$/.test(name))
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map(({ name }) => ({ name: basename(name).replace(endings, ""), path: join(folder, name) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The dataset that is meant: the one that is named, else what dev.config.ts says, else "default", else the only one.
 * @throws DevError NO_DATASETS, NO_SUCH_DATASET
 */
export async function chooseDataset(folder: string, name: string | undefined): Promise<DatasetFile> {
  const files = await findDatasets(folder);
  if (files.length === 0) throw noDatasets(folder);
  const chosen = defaultDataset(files, name);
  const names = files.map((file) => file.name);
  if (!chosen) throw noSuchDataset(name, names, name === undefined ? undefined : nearest(name, names));
  return chosen;
}

/** The same without an error: undefined where none is meant. */
export function defaultDataset(files: readonly DatasetFile[], name: string | undefined): DatasetFile | undefined {
  if (name !== undefined) return files.find((file) => file.name === name);
  return files.find((file) => file.name === "default") ?? (files.length === 1 ? files[0] : undefined);
}

/**
 * What the code of all datasets is: a hash of every file in their folder, and of what those import from elsewhere. Another version of this program may make
 * other documents of it.
 */
export async function codeKey(folder: string): Promise<string> {
  const hash = createHash("sha256").update(generationVersion);
  await hashFiles(hash, folder, await withImports(await filesBelow(folder)));
  return hash.digest("hex");
}

// Raised when the same dataset begins to give other bytes.
const generationVersion = "1";

/** Where a project's datasets lie, absolute. */
export const seedsFolder = (directory: string, { data }: Settings): string => resolve(directory, data.seeds);
