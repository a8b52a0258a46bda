import { afterEach, beforeEach, expect, test } from "vitest";
import { serve, type TestServer } from "../test-client.ts";

let server: TestServer;
beforeEach(async () => {
  server = await serve({ testCommands: true });
});
afterEach(() => server.end());

test("a fail point has a command by any of its names", async () => {
  const client = await server.connect();
  const admin = client.db("admin");
  // Not only once: the driver's own handshakes might come before.
  const data = { failCommands: ["ismaster", "findAndModify"], errorCode: 1234 };
  await admin.command({ configureFailPoint: "failCommand", mode: "alwaysOn", data });
  expect(await admin.command({ hello: 1 })).toMatchObject({ ok: 1 });
  await expect(admin.command({ isMaster: 1 })).rejects.toMatchObject({ code: 1234 });
  const modification = { findandmodify: "b", query: {}, remove: true };
  await expect(client.db("a").command(modification)).rejects.toMatchObject({ code: 1234 });
});

test("the time that a command is held up is of its own: when that is over it fails and does nothing", async () => {
  const client = await server.connect();
  const data = { failCommands: ["insert"], blockConnection: true, blockTimeMS: 60_000 };
  await client.db("admin").command({ configureFailPoint: "failCommand", mode: { times: 1 }, data });
  const items = client.db("a").collection("b");
  const begun = performance.now();
  await expect(items.insertOne({ n: 1 }, { maxTimeMS: 50 })).rejects.toMatchObject({ code: 50 });
  expect(performance.now() - begun).toBeGreaterThan(45);
  expect(await items.countDocuments()).toBe(0);
});
