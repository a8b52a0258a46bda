import { systemClock } from "@drydock/core";
import { createLocalEngine } from "./local-engine.ts";
import { testEnvironment, testService } from "./test-service.ts";

// A program that owns an engine, for a test that kills it: `node owner.mjs DIRECTORY polite|stubborn`. Prints "up" when its services run.
const [, , directory = "", manners = ""] = process.argv;
const script = `const { spawn } = require("node:child_process");
const { writeFileSync } = require("node:fs");
spawn("sleep", ["1000"], { detached: true, stdio: "ignore" }).unref();
process.on("SIGTERM", () => { if (process.env.MANNERS === "polite") { writeFileSync("goodbye", ""); process.exit(0); } });
setInterval(() => {}, 1000); console.log("up");`;
const environment = testEnvironment(directory, [
  testService({
    name: "api",
    image: "node",
    command: ["node", "-e", script],
    environment: { MANNERS: manners },
    replicas: 2,
  }),
]);
const engine = createLocalEngine({
  stateDirectory: `${directory}/.dev`,
  sessionId: `owner-${process.pid}`,
  variables: { PATH: process.env.PATH ?? "" },
  clock: systemClock,
  because: "it is a test",
  databases: {
    probeMongo: () => Promise.reject(new Error("unused")),
    initiateReplicaSet: () => Promise.reject(new Error("unused")),
    probeRedis: () => Promise.reject(new Error("unused")),
  },
  renderNginx: () => ({ files: [], notices: [] }),
});
const { signal } = new AbortController();
const context = { environment, emit: () => undefined, signal };
const step = { id: "x", because: "", after: [] } as const;
await engine.apply({ ...step, kind: "prepare", services: ["api"], build: false, forceRecreate: false }, context);
await engine.apply({ ...step, kind: "start", service: "api", number: 1 }, context);
await engine.apply({ ...step, kind: "start", service: "api", number: 2 }, context);
await engine.apply({ ...step, kind: "ready", service: "api", goal: "ready" }, context);
process.stdout.write("up\n");
setInterval(() => undefined, 1_000);
