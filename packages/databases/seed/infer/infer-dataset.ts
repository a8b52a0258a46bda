import type { InferOptions } from "./infer-options.ts";

/**
 * The text of a dataset's file that makes data like that of a database: types, optional fields, ranges, enumerations, references.
 * The driver is loaded here. @throws the driver's error
 */
export async function inferDataset(options: InferOptions): Promise<string> {
  const { lookAndWrite } = await import("../../mongo/look-and-write.ts");
  return lookAndWrite(options);
}
