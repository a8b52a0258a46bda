import type { Step } from "@drydock/core";
import { describe, expect, it } from "vitest";
import { criticalChain } from "./critical-chain.ts";

describe("criticalChain", () => {
  it("walks back from what ended last through what each waited for longest", () => {
    const plan = [
      step("start", "mongo", []),
      step("ready", "mongo", ["start:mongo"]),
      step("start", "redis", []),
      step("ready", "redis", ["start:redis"]),
      step("start", "api", ["ready:mongo", "ready:redis"]),
      step("ready", "api", ["start:api"]),
    ];
    const times = new Map([
      ["start:mongo", { startedAt: 0, endedAt: 100 }],
      ["ready:mongo", { startedAt: 100, endedAt: 300 }],
      ["start:redis", { startedAt: 0, endedAt: 50 }],
      ["ready:redis", { startedAt: 50, endedAt: 60 }],
      ["start:api", { startedAt: 300, endedAt: 310 }],
      ["ready:api", { startedAt: 310, endedAt: 800 }],
    ]);
    expect(criticalChain(plan, times)).toEqual([
      { name: "mongo", durationMs: 300 },
      { name: "api", durationMs: 500 },
    ]);
  });

  it("is empty for an empty plan", () => {
    expect(criticalChain([], new Map())).toEqual([]);
  });
});

function step(kind: "start" | "ready", service: string, after: readonly string[]): Step {
  const common = { id: `${kind}:${service}`, because: "", after, service };
  return kind === "start" ? { kind, ...common, number: 1 } : { kind, ...common, goal: "ready" };
}
