import fc from "fast-check";
import { expect, test } from "vitest";
import { LogBuffer, type LogEntry } from "./log-buffer.ts";

const entry = (order: number, text = "x"): LogEntry => ({
  order,
  at: order,
  service: "api",
  number: 1,
  stream: "stdout",
  text,
});
const orders = (buffer: LogBuffer): readonly number[] => [...buffer.entries()].map((each) => each.order);

test("the oldest lines go when there are more than the capacity", () => {
  const buffer = new LogBuffer();
  for (let order = 1; order <= 200; order++) buffer.push(entry(order), { lines: 3, characters: 1_000 });
  expect(orders(buffer)).toEqual([198, 199, 200]);
});

test("huge lines push out others by their size, and the newest always stays", () => {
  const buffer = new LogBuffer();
  buffer.push(entry(1, "x".repeat(60)), { lines: 10, characters: 100 });
  buffer.push(entry(2, "x".repeat(60)), { lines: 10, characters: 100 });
  expect(orders(buffer)).toEqual([2]);
  buffer.push(entry(3, "x".repeat(1_000)), { lines: 10, characters: 100 });
  expect(orders(buffer)).toEqual([3]);
  expect(buffer.characters).toBe(1_000);
});

test("it behaves as an array that is cut at its front", () => {
  const steps = fc.array(fc.record({ count: fc.nat(90), lines: fc.integer({ min: 1, max: 80 }) }), { maxLength: 12 });
  fc.assert(
    fc.property(steps, (all) => {
      const buffer = new LogBuffer();
      let model: number[] = [];
      let order = 0;
      for (const { count, lines } of all) {
        for (let index = 0; index < count; index++) {
          order += 2;
          buffer.push(entry(order), { lines, characters: 1_000_000 });
          model = [...model, order].slice(-lines);
        }
      }
      expect(orders(buffer)).toEqual(model);
      for (const wanted of [0, order - 1, order, order + 1]) {
        expect(buffer.indexOf(wanted)).toBe(model.filter((each) => each < wanted).length);
      }
    }),
  );
});
