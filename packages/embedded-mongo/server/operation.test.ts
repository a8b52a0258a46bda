import { expect, test } from "vitest";
import { MongoError } from "../errors/mongo-error.ts";
import { Operation } from "./operation.ts";

test("an operation ends at its deadline: at a check, and for whoever waits on its signal", async () => {
  const over = new Operation(1, performance.now() - 1);
  expect(() => over.check()).toThrow("operation exceeded time limit");
  const waiting = new Operation(2, performance.now() + 20);
  await new Promise((resolve) => waiting.signal.addEventListener("abort", resolve));
  expect(waiting.signal.reason).toMatchObject({ codeName: "MaxTimeMSExpired" });
});

test("an interrupted operation ends with the first reason", () => {
  const operation = new Operation(1, undefined);
  operation.interrupt(new MongoError("Interrupted", "first"));
  operation.interrupt(new MongoError("Interrupted", "second"));
  expect(() => operation.pause()).toThrow("first");
  expect(operation.signal.aborted).toBe(true);
});

test("others get their turn when 10 ms were used, and not before", async () => {
  const operation = new Operation(1, undefined);
  expect(operation.pause()).toBeUndefined();
  const start = performance.now();
  while (performance.now() - start < 11);
  let isOthersTurn = false;
  setImmediate(() => {
    isOthersTurn = true;
  });
  await operation.pause();
  expect(isOthersTurn).toBe(true);
});

test("a cursor's operation sees the deadline and the end of the getMore that continues it", () => {
  const opened = new Operation(1, undefined);
  const more = new Operation(2, undefined);
  opened.continueAs(more);
  more.interrupt(new MongoError("CursorKilled", "cursor was killed"));
  expect(() => opened.check()).toThrow("cursor was killed");
});
