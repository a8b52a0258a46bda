import { expect, test } from "vitest";
import { runCrashRounds } from "./testing/crash-rounds.ts";

test("Nothing that was acknowledged is lost or torn by kill -9, in 100 rounds", async () => {
  const { acknowledged, lost, torn } = await runCrashRounds(100, Math.random);
  expect({ lost, torn }).toEqual({ lost: [], torn: [] });
  expect(acknowledged).toBeGreaterThan(1000);
});
