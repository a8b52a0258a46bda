import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDataProgram, type DataProgram } from "../../fixtures/killed-act.ts";
import { killAt, killedActs, prepareStack } from "../../fixtures/killed-acts.ts";

describe("an act on the data that is killed at any of its steps", () => {
  let program: DataProgram;
  let stack: string;
  beforeAll(async () => {
    program = await buildDataProgram();
    stack = await prepareStack(program);
  });
  afterAll(async () => {
    await program.remove();
    await rm(stack, { recursive: true });
  });

  it.each(killedActs)("$act $name leaves the old data or the new, and nothing else", async (killed) => {
    const { steps } = await killAt(program, stack, killed, "");
    expect(steps.length).toBeGreaterThan(5);
    for (const step of steps) {
      const after = await killAt(program, stack, killed, step);
      expect(after.isKilled, step).toBe(true);
      expect(killed.outcomes, step).toContain(after.data);
      expect(after.dataLater, step).toBe(after.data);
      expect(
        after.sides.filter((each) => !killed.sides.includes(each)),
        step,
      ).toEqual([]);
    }
  });
});
