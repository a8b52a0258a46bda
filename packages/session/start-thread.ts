import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Worker, type WorkerOptions } from "node:worker_threads";

/** What a thread of this program does: the argument that says so to the published program, and where the work is in the sources. */
export interface ThreadWork {
  readonly argument: string;
  /** The module in the sources, and its function. */
  readonly source: URL;
  readonly call: string;
}

/** Starts a thread of this program. In the published program it is the program itself; from the sources, jiti runs the file of its work. */
export function startThread({ argument, source, call }: ThreadWork, options: WorkerOptions): Worker {
  if (!import.meta.url.endsWith(".ts"))
    return new Worker(new URL("main.js", import.meta.url), { ...options, argv: [argument] });
  const { resourceLimits: _, ...others } = options; // jiti takes more than the published program
  const jiti = createRequire(import.meta.url).resolve("jiti");
  const file = JSON.stringify(fileURLToPath(source));
  const code = `require(${JSON.stringify(jiti)}).createJiti(${file}).import(${file}).then((each) => each.${call}())`;
  return new Worker(code, { ...others, eval: true });
}
