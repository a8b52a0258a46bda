import { afterEach, describe, it } from "vitest";
import { type DevStack, placeAbsence, startStack } from "./testing/dev-stack.ts";
import { roundTrip } from "./testing/round-trip.ts";

let stack: DevStack | undefined;
afterEach(async () => {
  await stack?.remove();
  stack = undefined;
});

it("200,000 documents of five shapes come back as they were, on the embedded servers", async () => {
  stack = await startStack("embedded");
  await roundTrip(stack, 200_000);
});

const missing = placeAbsence("programs");

describe.skipIf(missing !== undefined)(`snapshots and branches on programs${missing ?? ""}`, () => {
  it("every BSON type and every Redis type come back as they were", async () => {
    stack = await startStack("programs");
    await roundTrip(stack, 1_000);
  });
});
