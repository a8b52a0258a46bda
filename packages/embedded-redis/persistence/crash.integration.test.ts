import { expect, test } from "vitest";
import { runCrashRounds } from "./testing/crash-rounds.ts";

test("Nothing that was acknowledged is lost or torn by kill -9, in 3 rounds", async () => {
  const { acknowledged, lost, torn } = await runCrashRounds(3, Math.random);
  expect({ lost, torn }).toEqual({ lost: [], torn: [] });
  expect(acknowledged).toBeGreaterThan(0);
});
