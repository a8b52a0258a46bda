import type { WatchRule } from "@drydock/core";
import { expect, test } from "vitest";
import { loadCompose } from "./load-compose.ts";

test("develop.watch has its paths resolved, lists where a word stands, and the command of sync+exec", () => {
  const watch = watchOf(`image: a
build: .
develop:
  watch:
    - {path: ./src, action: sync, target: /app/src, ignore: [node_modules/, "*.log"], initial_sync: true}
    - {path: package.json, action: rebuild}
    - {path: ./conf, action: sync+exec, target: /etc/conf, include: "*.conf", exec: {command: [nginx, -s, reload]}}`);
  expect(watch).toEqual([
    {
      path: "/home/me/Shop/src",
      action: "sync",
      target: "/app/src",
      ignore: ["node_modules/", "*.log"],
      include: [],
      isInitiallySynced: true,
    },
    { path: "/home/me/Shop/package.json", action: "rebuild", ignore: [], include: [], isInitiallySynced: false },
    {
      path: "/home/me/Shop/conf",
      action: "sync+exec",
      target: "/etc/conf",
      ignore: [],
      include: ["*.conf"],
      isInitiallySynced: false,
      exec: ["nginx", "-s", "reload"],
    },
  ]);
  expect(watchOf("image: a")).toEqual([]);
});

function watchOf(text: string): readonly WatchRule[] | undefined {
  const files: Readonly<Record<string, string>> = {
    "/home/me/Shop/docker-compose.yml": `services:\n  web:\n    ${text.replaceAll("\n", "\n    ")}\n`,
  };
  const input = { directory: "/home/me/Shop", files: [], envFiles: [], profiles: [], variables: {} };
  const result = loadCompose(input, { read: (path) => files[path], isDirectory: () => false });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.environment.services[0]?.watch;
}
