import { describe, expect, it } from "vitest";
import { readWishes } from "../configuration/read-wishes.ts";
import { planForwards } from "./plan-forwards.ts";

const wishes = readWishes({
  forwardPorts: [3000, "db:5432", "localhost:3000", 9229, "9000"],
  portsAttributes: {
    "3000": { label: "web", protocol: "http" },
    "db:5432": { label: "postgres", requireLocalPort: true },
    "9000-9300": { label: "debugger" },
  },
  otherPortsAttributes: { protocol: "https" },
});

describe("which ports of a dev container are forwarded", () => {
  it("each that is named, once, with what is said of it", () => {
    expect(planForwards(wishes, []).forwards).toEqual([
      { host: "localhost", port: 3000, label: "web", protocol: "http", requireLocalPort: false },
      { host: "db", port: 5432, label: "postgres", requireLocalPort: true },
      { host: "localhost", port: 9229, label: "debugger", requireLocalPort: false },
      { host: "localhost", port: 9000, label: "debugger", requireLocalPort: false },
    ]);
  });

  it("but not what Docker publishes already", () => {
    const published = [
      { port: 3000, hostIp: "0.0.0.0", hostPort: 3000 },
      { port: 3000, hostIp: "::", hostPort: 3000 },
      { port: 4010, hostIp: "127.0.0.1", hostPort: 14010 },
    ];
    const plan = planForwards(wishes, published);
    expect(plan.forwards.map(({ port }) => port)).toEqual([5432, 9229, 9000]);
    expect(plan.published).toEqual([
      { port: 3000, label: "web", protocol: "http", localHost: "127.0.0.1", localPort: 3000 },
      { port: 4010, protocol: "https", localHost: "127.0.0.1", localPort: 14010 },
    ]);
  });
});
