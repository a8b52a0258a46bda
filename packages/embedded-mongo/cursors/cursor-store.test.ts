import { FakeClock } from "@drydock/testing";
import { expect, test } from "vitest";
import { Operation } from "../server/operation.ts";
import { CursorStore } from "./cursor-store.ts";

function open() {
  const clock = new FakeClock();
  let next = 0n;
  const cursors = new CursorStore(clock, () => ++next % 3n);
  const closed: string[] = [];
  const add = (name: string, noCursorTimeout = false) => {
    const source = { next: async () => ({ documents: [], isDone: false }), close: () => closed.push(name) };
    const operation = new Operation(1, undefined);
    return cursors.open({ database: "d", collection: name }, source, { operation, noCursorTimeout });
  };
  return { clock, cursors, closed, add };
}

test("ids are above zero and each its own", () => {
  const { add } = open();
  expect([add("a"), add("b")]).toEqual([1n, 2n]);
});

test("idle cursors are closed after their time, but for those that asked to stay", async () => {
  const { clock, cursors, closed, add } = open();
  add("idle");
  add("staying", true);
  await clock.advance(600_001);
  cursors.killIdle(600_000);
  expect(closed).toEqual(["idle"]);
});

test("a cursor that is killed while it is used is closed when the use ends, and what uses it is told", () => {
  const { cursors, closed, add } = open();
  const cursor = cursors.get(add("a"));
  if (!cursor) throw new Error("it is not there");
  cursor.isBusy = true;
  expect(cursors.kill(cursor.id)).toBe(true);
  expect(closed).toEqual([]);
  expect(cursors.get(cursor.id)).toBeUndefined();
  expect(() => cursor.options.operation.check()).toThrow("cursor was killed");
  cursors.release(cursor);
  expect(closed).toEqual(["a"]);
  expect(cursors.kill(cursor.id)).toBe(false);
});
