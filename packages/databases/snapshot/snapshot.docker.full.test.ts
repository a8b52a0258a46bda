import { afterEach, describe, expect, it } from "vitest";
import { type DevStack, placeAbsence, startStack } from "./testing/dev-stack.ts";
import { roundTrip } from "./testing/round-trip.ts";

const missing = placeAbsence("docker");

describe.skipIf(missing !== undefined)(`snapshots and branches in the volumes of containers${missing ?? ""}`, () => {
  let stack: DevStack | undefined;
  afterEach(async () => {
    await stack?.remove();
    stack = undefined;
  });

  it("every BSON type and every Redis type come back as they were", async () => {
    stack = await startStack("docker");
    await roundTrip(stack, 1_000);
  });

  it("outlive the data, are removed while nothing is up, and the last takes their volume along", async () => {
    stack = await startStack("docker");
    const { dev, volumes } = stack;
    await dev("snapshot", "save", "one");
    await dev("snapshot", "save", "two");
    const left = / nothing of the project is left but 2 snapshots \(dev snapshot list\)\.\n$/;
    expect(await dev("down", "--volumes", "--yes")).toMatch(left);
    const [own, ...others] = volumes();
    expect([own?.endsWith("_drydock"), others]).toEqual([true, []]);
    expect(await dev("snapshot", "rm", "one")).toMatch(/^Removed one /);
    expect(JSON.parse(await dev("snapshot", "list", "--json"))).toMatchObject({ snapshots: [{ id: "two" }] });
    expect(volumes()).toEqual([own]);
    await dev("snapshot", "rm", "two");
    expect(volumes()).toEqual([]);
  });
});
