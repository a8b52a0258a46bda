import type { Document as Plain } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve, type TestServer } from "../test-client.ts";

let server: TestServer;
beforeAll(async () => {
  server = await serve({ replicaSet: "rs0" });
});
afterAll(() => server.end());

test("open cursors, transactions and connections that wait for their client are told", async () => {
  const client = await server.connect();
  const items = client.db("idle").collection<{ _id: number }>("items");
  await items.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);
  const admin = client.db("admin");
  const told = async (options: Plain) => admin.aggregate([{ $currentOp: options }]).toArray();
  const cursor = items.find({}, { batchSize: 1 });
  await cursor.next();
  const session = client.startSession();
  session.startTransaction();
  await items.insertOne({ _id: 4 }, { session });

  const cursors = (await told({ idleCursors: true })).filter(({ type }) => type === "idleCursor");
  expect(cursors).toMatchObject([{ ns: "idle.items", active: false, cursor: { cursorId: cursor.id } }]);
  const [open] = (await told({})).filter(({ type }) => type === "idleSession");
  expect(open).toMatchObject({ lsid: session.id, transaction: { parameters: { autocommit: false } } });
  const { inprog } = await admin.command({ currentOp: 1, type: "idleSession" });
  expect(inprog).toHaveLength(1);
  const idle = (await told({ idleConnections: true })).filter(({ active, op }) => !active && op === "none");
  expect(idle.length).toBeGreaterThan(0);

  await session.abortTransaction();
  await cursor.close();
  expect((await told({ idleCursors: true })).map(({ type }) => type)).toEqual(["op"]);
});
