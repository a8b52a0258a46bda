import { dirname, join } from "node:path";
import { runProjectFile } from "../../run-project-file.ts";
import { datasetDoesNotLoad } from "./errors.ts";

/** What a file in seeds/ exports as its default. @throws DevError DATASET_DOES_NOT_LOAD */
export async function loadDataset(file: string): Promise<unknown> {
  try {
    return await runProjectFile(file, join(dirname(dirname(file)), ".dev/cache"));
  } catch (error) {
    throw datasetDoesNotLoad(file, error);
  }
}
