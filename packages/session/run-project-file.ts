import { withoutExit } from "./without-exit.ts";

/**
 * Runs a file of a project, TypeScript or not, anew each time, and gives its default export. What it imports as "drydock" are the words of this very program,
 * also where none is installed. Compiled files are kept in `cacheFolder`, or nowhere. @throws what the file throws, and the compiler's error
 */
export async function runProjectFile(file: string, cacheFolder: string | false): Promise<unknown> {
  const [{ createJiti }, { libraryWords }] = await Promise.all([import("jiti"), import("./library-words.ts")]);
  const options = {
    moduleCache: false,
    fsCache: cacheFolder,
    // Node's own loader would give the first version of a file for ever.
    tryNative: false,
    virtualModules: { drydock: libraryWords },
    // Else a proxy would stand between a dataset and each of its words.
    interopDefault: false,
  };
  const module = await withoutExit(() => createJiti(file, options).import(file));
  return typeof module === "object" && module !== null && "default" in module ? module.default : undefined;
}
