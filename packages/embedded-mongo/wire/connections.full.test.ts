import { connect } from "node:net";
import { expect, test } from "vitest";
import { serve } from "../test-client.ts";
import { malformed, numbers } from "./test-fuzz.ts";

/** Sends messages on a connection of their own, and waits for its end. */
async function send(port: number, messages: readonly Buffer[]): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  // Replies that nobody reads would keep the server's side open.
  socket.resume();
  const closed = new Promise((resolve) => socket.on("close", resolve));
  socket.end(Buffer.concat(messages));
  await closed;
}

test("20,000 malformed messages on 4,000 connections harm no client that is connected beside them", async () => {
  const server = await serve({ replicaSet: "rs0" });
  try {
    const items = (await server.connect()).db("a").collection("b");
    const next = numbers(Date.now() & 0x7fffffff);
    let connections = 0;
    let isOver = false;
    const worker = async () => {
      while (connections++ < 4000) {
        const messages = Array.from({ length: 5 }, () => malformed(next));
        await send(server.mongo.port, messages);
      }
    };
    const healthy = async () => {
      let written = 0;
      while (!isOver) {
        await items.insertOne({ n: written++ });
        expect(await items.findOne({ n: written - 1 })).toMatchObject({ n: written - 1 });
      }
      return written;
    };
    const writing = healthy();
    await Promise.all(Array.from({ length: 8 }, worker));
    isOver = true;
    const written = await writing;
    // What the messages themselves ask for goes to other databases.
    expect(await items.countDocuments()).toBe(written);
    expect(server.lines.filter((line) => line.includes("was closed: ")).length).toBeGreaterThan(2000);
    expect(server.lines.filter((line) => / failed: |\.ts:/.test(line))).toEqual([]);
  } finally {
    await server.end();
  }
});
