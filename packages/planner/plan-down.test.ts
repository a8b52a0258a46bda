import { type Environment, formatPlan, type Instance, nothingObserved } from "@drydock/core";
import { testEnvironment, testService } from "@drydock/testing";
import { describe, expect, it } from "vitest";
import { planDown } from "./plan-down.ts";

const instances = [instance("mongo", "ready"), instance("migrate", "done"), instance("api", "ready")];
const observed = { instances, networks: ["shop_default", "shared"], volumes: ["shop_data"] };

describe("planDown", () => {
  it("stops dependents before what they need, then removes, and keeps the data", () => {
    expect(formatPlan(planDown(stack(), observed, { volumes: false }))).toBe(
      `stop mongo.1  (down)  after stop:api.1
remove mongo.1  (down)  after stop:mongo.1
remove migrate.1  (down)
stop api.1  (down)
remove api.1  (down)  after stop:api.1
remove network shop_default  (down)  after remove:mongo.1, remove:migrate.1, remove:api.1
`,
    );
  });

  it("removes named volumes only when asked", () => {
    expect(formatPlan(planDown(stack(), observed, { volumes: true }))).toContain(
      "remove volume shop_data  (--volumes)",
    );
  });

  it("leaves a volume that is spared", () => {
    expect(formatPlan(planDown(stack(), observed, { volumes: true, spared: ["shop_data"] }))).not.toContain("volume");
  });

  it("has nothing to do where nothing is", () => {
    expect(planDown(stack(), nothingObserved, { volumes: true })).toEqual([]);
  });

  it("removes what the files no longer name", () => {
    const left = { ...nothingObserved, instances: [instance("old", "unhealthy")] };
    expect(formatPlan(planDown(stack(), left, { volumes: false }))).toBe(
      "stop old.1  (down)\nremove old.1  (down)  after stop:old.1\n",
    );
  });
});

function stack(): Environment {
  const service = (name: string, needs: readonly string[]) =>
    testService({
      name,
      dependencies: needs.map((each) => ({
        service: each,
        condition: "service_started",
        isRequired: true,
        restart: false,
      })),
    });
  return {
    ...testEnvironment("/shop", [service("mongo", []), service("migrate", ["mongo"]), service("api", ["mongo"])]),
    networks: [
      { name: "default", engineName: "shop_default", isExternal: false },
      { name: "shared", engineName: "shared", isExternal: true },
    ],
    volumes: [{ name: "data", engineName: "shop_data", isExternal: false }],
  };
}

function instance(service: string, state: Instance["state"]): Instance {
  return { service, number: 1, id: service, state, reason: "", addresses: [], provider: "image", restarts: 0 };
}
