import { expect, test } from "vitest";
import { Sample } from "./sample.ts";

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

test("what is below the limit passes whole", () => {
  expect(new Sample(10).take(numbers(10), 0)).toEqual({ taken: numbers(10), dropped: 0 });
});

test("what is over it is spread evenly, and the rest is counted, anew each second", () => {
  const sample = new Sample(10);
  expect(sample.take(numbers(4), 100)).toEqual({ taken: numbers(4), dropped: 0 });
  expect(sample.take(numbers(24), 200)).toEqual({ taken: [3, 7, 11, 15, 19, 23], dropped: 18 });
  expect(sample.take(numbers(5), 900)).toEqual({ taken: [], dropped: 5 });
  expect(sample.take(numbers(5), 1_000).taken).toHaveLength(5);
});
