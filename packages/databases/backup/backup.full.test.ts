import { afterEach, describe, it } from "vitest";
import { type DevStack, placeAbsence, startStack } from "../snapshot/testing/dev-stack.ts";
import { backupRoundTrip } from "./testing/round-trip.ts";

let stack: DevStack | undefined;
afterEach(async () => {
  await stack?.remove();
  stack = undefined;
});

for (const [place, documents] of [
  ["embedded", 20_000],
  ["programs", 2_000],
  ["docker", 2_000],
] as const) {
  const missing = placeAbsence(place);
  describe.skipIf(missing !== undefined)(`backups of ${place} servers${missing ?? ""}`, () => {
    it(`${documents} documents of five shapes and every Redis type come back as they were`, async () => {
      stack = await startStack(place);
      await backupRoundTrip(stack, documents);
    });
  });
}
