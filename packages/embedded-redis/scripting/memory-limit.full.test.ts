import { expect, test } from "vitest";
import { startRedis } from "../start-redis.ts";
import { RawClient } from "../testing/raw-client.ts";

test("A script that takes too much memory is ended, and the next one runs", async () => {
  const server = await startRedis();
  const client = await RawClient.connect(server.port);
  const greedy = "local t = {} for i = 1, 1e9 do t[i] = {i, i, i, i} end";
  expect(await client.call("EVAL", greedy, 0)).toEqual({
    error: expect.stringContaining("memory limit of this server, 512 MB"),
  });
  expect(await client.call("EVAL", "return 1", 0)).toBe(1);
  client.close();
  await server.stop();
});
