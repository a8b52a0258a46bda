import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { type ClientSession, Long, MongoClient } from "mongodb";
import { expect } from "vitest";
import { bundleProgram } from "../../storage/testing/bundle-program.ts";

const writers = 8;

interface Writer {
  readonly id: number;
  readonly session: ClientSession;
  /** How many commands were begun: the last one's number. */
  begun: number;
}

/**
 * So many times: eight sessions count with numbered commands, the server is killed with signal 9 at some moment and started again, and every
 * session sends its last command once more, as a driver does that saw its connection cut. Each command counts once. Returns how many
 * of them were in flight when a server was killed.
 */
export async function killServers(rounds: number): Promise<number> {
  const program = await bundleProgram(new URL("./serving-process.ts", import.meta.url));
  const directory = mkdtempSync(join(tmpdir(), "drydock-retried-"));
  let { child, port } = await startServer(program, directory, 0);
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?replicaSet=rs0`, { retryWrites: false });
  let inFlight = 0;
  try {
    const counters = client.db("d").collection<{ _id: number; n: number }>("counters");
    const sessions = Array.from(
      { length: writers },
      (_, id): Writer => ({ id, session: client.startSession(), begun: 0 }),
    );
    await counters.insertMany(sessions.map(({ id }) => ({ _id: id, n: 0 })));
    for (let round = 0; round < rounds; round++) {
      const cut = sessions.map((each) => countUntilCut(client, each));
      await eventually(() => sessions.every(({ begun }) => begun > 3 * (round + 1)));
      // At any moment of the next 50 ms.
      setTimeout(() => child.kill("SIGKILL"), Math.random() * 50);
      await Promise.all(cut);
      await ended(child);
      inFlight += cut.length;
      ({ child, port } = await startServer(program, directory, port));
      await eventually(async () => (await client.db("d").command({ ping: 1 })).ok === 1);
      for (const each of sessions) {
        expect(await count(client, each)).toMatchObject({ nModified: 1 });
        expect(await counters.findOne({ _id: each.id })).toEqual({ _id: each.id, n: each.begun });
      }
    }
    for (const { session } of sessions) await session.endSession();
    return inFlight;
  } finally {
    await client.close();
    child.kill("SIGKILL");
    await ended(child);
    rmSync(directory, { recursive: true, force: true });
    rmSync(program);
  }
}

async function startServer(program: string, directory: string, port: number) {
  const child = spawn(process.execPath, [program, directory, String(port)], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await Promise.race([
    once(child.stdout, "data"),
    once(child, "close").then(() => Promise.reject(new Error("The server did not start."))),
  ]);
  return { child, port: Number(String(line).trim()) };
}

async function countUntilCut(client: MongoClient, writer: Writer): Promise<void> {
  for (;;) {
    writer.begun++;
    try {
      await count(client, writer);
    } catch {
      return;
    }
  }
}

/** Sends the writer's last command, for the first time or again. */
const count = (client: MongoClient, { id, session, begun }: Writer) =>
  client.db("d").command(
    {
      update: "counters",
      updates: [{ q: { _id: id }, u: { $inc: { n: 1 } } }],
      txnNumber: Long.fromNumber(begun),
    },
    { session },
  );

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
};
