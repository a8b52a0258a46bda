import { openMongo } from "./open-mongo.ts";
import { type MarkDocument, marksName } from "./seed-marks.ts";

/**
 * What was seeded into a database, at a glance: `none`, all of it (`done`), or some of it when it was interrupted (`running`).
 * @throws the driver's error
 */
export async function lookForMarks(uri: string, database: string): Promise<"none" | "done" | "running"> {
  const client = await openMongo(uri, 1);
  try {
    const marks = await client.db(database).collection<MarkDocument>(marksName).find().toArray();
    if (marks.length === 0) return "none";
    return marks.some(({ mark }) => mark.state === "running") ? "running" : "done";
  } finally {
    await client.close();
  }
}
