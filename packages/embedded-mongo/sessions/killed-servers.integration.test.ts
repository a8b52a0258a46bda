import { expect, test } from "vitest";
import { killServers } from "./testing/killed-servers.ts";

test("a write that is sent again after its server was killed counts once", async () => {
  expect(await killServers(2)).toBe(16);
});
