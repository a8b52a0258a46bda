import { checkStarterContract, eventually, placeOrderAndSeeItDone } from "@drydock/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout } from "./fixtures/checkout.ts";
import { missingPrograms, processesLeft, processesOf, reasonText } from "./fixtures/machine.ts";

const places = [
  {
    place: "programs",
    title: "programs of this machine",
    absence: missingPrograms("mongod", "redis-server", "nginx", "npm"),
    providers: ["mongod on PATH", "redis-server on PATH", "nginx on PATH"],
  },
  {
    place: "embedded",
    title: "nothing but Node",
    absence: missingPrograms("npm"),
    providers: ["embedded MongoDB", "embedded Redis", "embedded edge"],
  },
] as const;

for (const { place, title, absence, providers } of places) {
  describe.skipIf(absence !== undefined)(`the starter on ${title}, without an engine${reasonText(absence)}`, () => {
    let checkout: Checkout;

    beforeAll(async () => {
      checkout = await Checkout.ofStarter(`e2e-${place}`, place);
    });

    afterAll(() => checkout?.remove());

    it("comes up, says which programs it took, and keeps the starter's contract", async () => {
      const { stdout } = await checkout.devOk("up", "--detach");
      expect(stdout).toContain("local engine: no Docker engine answers");
      for (const [index, service] of ["mongo", "redis", "proxy"].entries())
        expect(stdout).toMatch(new RegExp(`${service} +ready .*${providers[index]}`));
      await checkStarterContract(checkout.url);
      expect((await placeOrderAndSeeItDone(checkout.url)).states.at(-1)).toBe("done");
    });

    it("has nothing to do the second time, and does not run the one-shot again", async () => {
      expect((await checkout.devOk("up", "--detach")).stdout).toContain("Everything is ready already");
    });

    it("keeps the data over down and up", async () => {
      const placed = await placeOrderAndSeeItDone(checkout.url);
      await checkout.devOk("down");
      expect(await processesLeft(checkout.directory)).toEqual([]);
      await checkout.devOk("up", "--detach");
      const response = await fetch(`${checkout.url}/api/orders/${placed.id}`);
      expect(await response.json()).toMatchObject({ id: placed.id, status: "done" });
    });

    it("leaves no process after its supervisor was killed, and comes up again", async () => {
      const { supervisorPid = 0 } = await checkout.status();
      process.kill(supervisorPid, "SIGKILL");
      await eventually(() => processesOf(checkout.directory).length === 0, 20_000);
      await checkout.devOk("up", "--detach");
      await placeOrderAndSeeItDone(checkout.url);
      await checkout.devOk("down");
      expect(await processesLeft(checkout.directory)).toEqual([]);
    });
  });
}
