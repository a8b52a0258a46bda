import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout } from "./fixtures/checkout.ts";
import { missingPrograms, reasonText } from "./fixtures/machine.ts";

const absence = missingPrograms("npm");

describe.skipIf(absence !== undefined)(`seeding the starter on nothing but Node${reasonText(absence)}`, () => {
  let checkout: Checkout;

  beforeAll(async () => {
    checkout = await Checkout.ofStarter("e2e-seed", "embedded");
  });

  afterAll(() => checkout?.remove());

  it("is done by up, once, and said before it is ready", async () => {
    const { stdout } = await checkout.devOk("up", "--detach");
    expect(stdout).toMatch(
      /\n {2}seeded +demo: 500 customers, [\d,]+ orders, 300 reviews, \d+ keys in [\d.]+ s \(kept: the next time it is restored\)\n\nReady in .*; seeding [\d.]+\./,
    );
    await checkout.devOk("down");
    expect((await checkout.devOk("up", "--detach")).stdout).not.toContain("seeded");
  });

  it("is kept, and with --reset made anew with what is asked for", async () => {
    const kept = JSON.parse((await checkout.devOk("seed", "--json")).stdout);
    expect(kept.steps.map(({ action }: { action: string }) => action)).not.toContain("make");
    const plan = await checkout.devOk("seed", "--reset", "--count", "customers=20", "--dry-run");
    expect(plan.stdout).toMatch(/customers +20 +replace +--reset\n[\s\S]*Nothing was changed\.\n$/);
    const { stdout } = await checkout.devOk("seed", "--reset", "--count", "customers=20", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ dataset: "demo", seed: 42, dryRun: false });
    const response = await fetch(`${checkout.url}/api/orders?limit=100`);
    expect(await response.text()).toContain('"status":"done"');
  });

  it("is restored from its snapshot into new databases, and seeded anew where the dataset or a migration is another", async () => {
    const { snapshots } = JSON.parse((await checkout.devOk("snapshot", "list", "--json")).stdout);
    expect(snapshots).toMatchObject([{ dataset: "demo", id: expect.stringMatching(/^seed-demo-/) }]);
    await checkout.devOk("down", "--volumes", "--yes");
    const { stdout } = await checkout.devOk("up", "--detach");
    expect(stdout).toMatch(/\n {2}seeded +demo: 500 customers, .* keys, restored from its snapshot in [\d.]+ s\n/);
    const kept = JSON.parse((await checkout.devOk("seed", "--json")).stdout);
    expect(new Set(kept.steps.map(({ action }: { action: string }) => action))).toEqual(new Set(["keep"]));
    await appendFile(join(checkout.directory, "app/migrate/migrate.js"), "\n// another\n");
    await checkout.devOk("down", "--volumes", "--yes");
    expect((await checkout.devOk("up", "--detach", "mongo", "redis")).stdout).not.toContain("restored");
  });

  it("is inferred from what is there", async () => {
    const { stdout } = await checkout.devOk("seed", "infer", "--mask", "--dry-run");
    expect(stdout).toContain('export default dataset("inferred", {');
    expect(stdout).toContain('customer: ref("customers"');
  });
});
