import { afterEach, describe, it } from "vitest";
import { type DevStack, placeAbsence, startStack } from "./testing/dev-stack.ts";
import { roundTrip } from "./testing/round-trip.ts";

const missing = placeAbsence("docker");

describe.skipIf(missing !== undefined)(`snapshots and branches in the volumes of containers${missing ?? ""}`, () => {
  let stack: DevStack | undefined;
  afterEach(() => stack?.remove());

  it("every BSON type and every Redis type come back as they were", { timeout: 300_000 }, async () => {
    stack = await startStack("docker");
    await roundTrip(stack, 1_000);
  });
});
