import { openMongo } from "./mongo-lock.ts";

/**
 * Lets an embedded MongoDB on this machine write a copy of its data into a folder, which it makes, while it goes on.
 * @throws the driver's error
 */
export async function copyEmbeddedMongo(uri: string, directory: string): Promise<void> {
  const client = await openMongo(uri);
  try {
    await client.db("admin").command({ drydockCopyTo: directory });
  } finally {
    await client.close();
  }
}
