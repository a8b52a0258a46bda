import { reloadsItself, type WatchRule } from "@drydock/core";
import { testEnvironment, testService } from "@drydock/testing";
import { describe, expect, test } from "vitest";
import { defaultRules } from "./default-rules.ts";
import type { FileChange } from "./file-change.ts";
import { planEdits } from "./plan-edits.ts";
import type { WatchedService } from "./watched-service.ts";

const written = (path: string): FileChange => ({ path, kind: "written" });
const rule = (path: string, action: WatchRule["action"], more: Partial<WatchRule> = {}) => ({
  path,
  action,
  ignore: [],
  include: [],
  isInitiallySynced: false,
  isWanted: (each: string) => !each.endsWith(".log"),
  ...more,
});
const api: WatchedService = {
  name: "api",
  rules: [
    rule("/shop/app/api", "sync+restart", { target: "/app/api" }),
    rule("/shop/app/page", "sync", { target: "/app/page" }),
    rule("/shop/app/nginx.conf", "sync+exec", { target: "/etc/nginx.conf", exec: ["nginx", "-s", "reload"] }),
    rule("/shop/app/package-lock.json", "rebuild"),
  ],
};

describe("a batch of changes", () => {
  test("asks for the strongest action once, with every file and its place", () => {
    const removed: FileChange = { path: "/shop/app/page/old.css", kind: "removed" };
    expect(planEdits([api], [written("/shop/app/api/routes/a.js"), removed])).toEqual([
      {
        service: "api",
        kind: "restart",
        files: [
          { path: "/shop/app/api/routes/a.js", target: "/app/api/routes/a.js", isRemoved: false },
          { path: "/shop/app/page/old.css", target: "/app/page/old.css", isRemoved: true },
        ],
        commands: [],
        changes: [written("/shop/app/api/routes/a.js"), removed],
      },
    ]);
  });

  test("that rebuilds brings no files: they are in the image", () => {
    const [edit] = planEdits([api], [written("/shop/app/api/a.js"), written("/shop/app/package-lock.json")]);
    expect(edit).toMatchObject({ kind: "rebuild", files: [] });
  });

  test("runs a command once, and not before a restart that makes it needless", () => {
    const [edit] = planEdits([api], [written("/shop/app/nginx.conf"), written("/shop/app/page/a.css")]);
    expect(edit).toMatchObject({ kind: "exec", commands: [["nginx", "-s", "reload"]] });
    expect(planEdits([api], [written("/shop/app/nginx.conf"), written("/shop/app/api/a.js")])).toMatchObject([
      { kind: "restart", commands: [] },
    ]);
  });

  test("that no rule means asks for nothing", () => {
    expect(planEdits([api], [written("/shop/app/api/a.log"), written("/shop/app/apis.js")])).toEqual([]);
  });
});

describe("without develop.watch", () => {
  const build = { context: "/shop/api", dockerfile: "Dockerfile" };
  const environment = testEnvironment("/shop", [
    testService({ name: "api", build }),
    testService({ name: "mongo", image: "mongo:8" }),
  ]);
  const actionsOf = (name: string) => {
    const service = environment.services.find((each) => each.name === name) ?? testService({ name });
    return Object.fromEntries(defaultRules(service, environment).map(({ path, action }) => [path, action]));
  };

  test("the sources of a built service restart it, its lock file and Dockerfile rebuild it", () => {
    expect(actionsOf("api")).toMatchObject({
      "/shop/api": "restart",
      "/shop/api/package-lock.json": "rebuild",
      "/shop/api/Dockerfile": "rebuild",
      "/shop/api/public": "sync",
    });
  });

  test("a service that has no files here is not watched", () => {
    expect(actionsOf("mongo")).toEqual({});
  });

  test.each([
    ["node server.js", false],
    ["node --watch server.js", true],
    ["npx vite --host", true],
    ["node node_modules/vite/bin/vite.js", true],
    ["node_modules/.bin/next dev -p 3000", true],
    ["npm run dev", true],
    ["npm start", false],
    ["node invite.js", false],
  ])("%s reloads itself: %s", (run, expected) => {
    expect(reloadsItself(testService({ name: "a", dev: { pin: false, run } }))).toBe(expected);
  });
});
