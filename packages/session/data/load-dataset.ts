import { dirname, join } from "node:path";
import { datasetWords } from "./dataset-words.ts";
import { datasetDoesNotLoad } from "./seed-errors.ts";

/**
 * What a file in seeds/ exports as its default. What it imports as "drydock" are the words of this very program, also where none is
 * installed. @throws DevError DATASET_DOES_NOT_LOAD
 */
export async function loadDataset(file: string): Promise<unknown> {
  const { createJiti } = await import("jiti");
  const options = {
    moduleCache: false,
    fsCache: join(dirname(dirname(file)), ".dev/cache"),
    virtualModules: { drydock: datasetWords },
    // Else a proxy would stand between a dataset and each of its words.
    interopDefault: false,
  };
  try {
    const module = await createJiti(file, options).import(file);
    return typeof module === "object" && module !== null && "default" in module ? module.default : undefined;
  } catch (error) {
    throw datasetDoesNotLoad(file, error);
  }
}
