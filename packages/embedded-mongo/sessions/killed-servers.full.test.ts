import { expect, test } from "vitest";
import { killServers } from "./testing/killed-servers.ts";

test("over 100 servers that are killed, each write that is sent again counts once", async () => {
  expect(await killServers(100)).toBe(800);
});
