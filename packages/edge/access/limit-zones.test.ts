import { expect, test } from "vitest";
import { LimitZones } from "./limit-zones.ts";

const zone = { name: "z", key: { names: [], constant: "", evaluate: () => "" }, rate: 10 };
const rule = (burst: number, undelayed: number) => ({ zone: "z", burst, undelayed });

test("without a burst, one request each tenth of a second", () => {
  const zones = new LimitZones();
  const at = (now: number) => zones.delay(zone, "a", rule(0, 0), now);
  expect([at(0), at(50), at(100), at(150), at(250)]).toEqual([0, undefined, 0, undefined, 0]);
});

test("a burst waits for its turn, and what is too much is refused", () => {
  const zones = new LimitZones();
  const answers = Array.from({ length: 5 }, () => zones.delay(zone, "a", rule(3, 0), 0));
  expect(answers).toEqual([0, 100, 200, 300, undefined]);
});

test("`delay=2` lets two of the burst through at once, `nodelay` all of it", () => {
  const delays = (undelayed: number) => {
    const zones = new LimitZones();
    return Array.from({ length: 5 }, () => zones.delay(zone, "a", rule(3, undelayed), 0));
  };
  expect(delays(2)).toEqual([0, 0, 0, 100, undefined]);
  expect(delays(Number.POSITIVE_INFINITY)).toEqual([0, 0, 0, 0, undefined]);
});

test("each key has its own count, and quiet keys are forgotten", () => {
  const zones = new LimitZones();
  for (let key = 0; key < 25_000; key++) expect(zones.delay(zone, String(key), rule(0, 0), key)).toBe(0);
  expect(zones.delay(zone, "24999", rule(0, 0), 25_000)).toBeUndefined();
});
