import { describe, expect, it } from "vitest";
import { Checkout } from "./fixtures/checkout.ts";
import { testCommandPromises } from "./fixtures/test-command.ts";

describe("dev test on the embedded servers", () => testCommandPromises("embedded", false));

it("dev test says what is missing: a command, a dataset, databases", async () => {
  const seeds = { "seeds/small.ts": "", "seeds/large.ts": "" };
  const stack = await Checkout.of({ "compose.yaml": 'services: { redis: { image: "redis:8" } }', ...seeds });
  const other = await Checkout.of({ "compose.yaml": 'services: { api: { image: "node:24-slim" } }' });
  try {
    const answers = [
      await stack.dev("test"),
      await stack.dev("test", "--dataset", "smal", "--", "true"),
      await other.dev("test", "--", "true"),
    ];
    expect(answers.map(({ exitCode }) => exitCode)).toEqual([2, 3, 2]);
    expect(answers.map(({ stderr }) => stderr)).toEqual([
      "There is no command to run.\nWrite it after --: `dev test -- npm test`.\n",
      'There is no dataset "smal".\nDid you mean "small"?\n',
      "This stack has no MongoDB and no Redis, so there is nothing to test against.\nDatabases are services with the official images of mongo, redis or valkey.\n",
    ]);
  } finally {
    await stack.remove();
    await other.remove();
  }
});
