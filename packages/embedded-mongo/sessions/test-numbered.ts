import { Long, type MongoClient, type Document as Plain } from "mongodb";

// The driver's sessions have been used before: these numbers are above all of theirs.
const base = 1000;

/** Commands with transaction numbers of our own, in a session that the driver does not use again. */
export async function numbered(
  client: MongoClient,
  database: string,
  work: (command: (txnNumber: number, command: object) => Promise<Plain>) => Promise<void>,
): Promise<void> {
  const session = client.startSession({ causalConsistency: false });
  await work((txnNumber, command) =>
    client.db(database).command({ ...command, txnNumber: Long.fromNumber(base + txnNumber) }, { session }),
  );
  await client.db("admin").command({ endSessions: [session.id] });
  await session.endSession();
}
