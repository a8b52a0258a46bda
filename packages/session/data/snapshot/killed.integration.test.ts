import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDataProgram, type DataProgram } from "../../fixtures/killed-act.ts";
import { killAt, killedActs, prepareStack } from "../../fixtures/killed-acts.ts";

describe("an act on the data that is killed (the full tests do it at every step)", () => {
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

  it.each([
    ["restore", "one", "move 2", "new new"],
    ["restore", "one", "answered", "old old"],
  ] as const)("%s %s, at its step %j: the next `up` finds %s", async (act, name, step, data) => {
    const killed = killedActs.find((each) => each.act === act && each.name === name);
    if (!killed) throw new Error("no such act");
    const after = await killAt(program, stack, killed, step);
    expect(after).toMatchObject({ isKilled: true, data, dataLater: data });
    expect(after.sides.filter((each) => !killed.sides.includes(each))).toEqual([]);
  });
});
