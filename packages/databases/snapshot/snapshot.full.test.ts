import { afterEach, it } from "vitest";
import { type DevStack, startStack } from "./testing/dev-stack.ts";
import { roundTrip } from "./testing/round-trip.ts";

let stack: DevStack | undefined;
afterEach(() => stack?.remove());

it("200,000 documents of five shapes come back as they were, on the embedded servers", async () => {
  stack = await startStack("embedded");
  await roundTrip(stack, 200_000);
});
