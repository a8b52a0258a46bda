import type { Document } from "mongodb";
import type { MeasuredDatabase } from "../measured-database.ts";
import { openMongo } from "./open-mongo.ts";
import { type MarkDocument, marksName } from "./seed-marks.ts";

// The server's own (MongoDB manual, Databases and Collections).
const own: ReadonlySet<string> = new Set(["admin", "config", "local"]);

/** The databases of a MongoDB server with their sizes, without the server's own. @throws the driver's error */
export async function measureMongo(uri: string): Promise<readonly MeasuredDatabase[]> {
  const client = await openMongo(uri, 2);
  try {
    const { databases } = await client.db("admin").admin().listDatabases({ nameOnly: true });
    const names = databases.map(({ name }) => name).filter((name) => !own.has(name));
    return await Promise.all(
      names.map(async (name) => {
        const db = client.db(name);
        const marks = await db.collection<MarkDocument>(marksName).find().toArray();
        const stats: Document = await db.command({ dbStats: 1 });
        const counts = [
          amount(Math.max(0, Number(stats.collections) - (marks.length > 0 ? 1 : 0)), "collection"),
          amount(Math.max(0, Number(stats.objects) - marks.length), "document"),
        ];
        const bytes = Number(stats.dataSize ?? 0) + Number(stats.indexSize ?? 0);
        const datasets = [...new Set(marks.map(({ mark }) => mark.dataset))];
        return { name, bytes, holds: counts.join(", "), datasets };
      }),
    );
  } finally {
    await client.close();
  }
}

const amount = (count: number, what: string): string =>
  `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
