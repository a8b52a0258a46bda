import { expect, test } from "vitest";
import { mapPath, mapPathsInText } from "./map-paths.ts";

const mappings = [
  { target: "/app", source: "/home/me/shop" },
  { target: "/app/data/", source: "/home/me/data" },
  { target: "/run/secrets/key", source: "/home/me/key.txt" },
];

test("the closest mapping decides", () => {
  expect(mapPath("/app/data/x", mappings)).toBe("/home/me/data/x");
  expect(mapPath("/app/database/x", mappings)).toBe("/home/me/shop/database/x");
  expect(mapPath("/app", mappings)).toBe("/home/me/shop");
  expect(mapPath("/apple", mappings)).toBeUndefined();
  expect(mapPath("/app/../etc/passwd", mappings)).toBeUndefined();
});

test("the last of two equal mappings decides, as a mount hides what the image has", () => {
  expect(mapPath("/app/x", [...mappings, { target: "/app", source: "/mounted" }])).toBe("/mounted/x");
});

test.each([
  ["/app/server.js", "/home/me/shop/server.js"],
  ["--config=/app/a.json", "--config=/home/me/shop/a.json"],
  ["cat /run/secrets/key | sh", "cat /home/me/key.txt | sh"],
  ["cd /app/ && ls", "cd /home/me/shop/ && ls"],
  ["http://host/app/x", "http://host/app/x"],
  ["my/app/x", "my/app/x"],
  ["/", "/"],
  ["s/a/app/", "s/a/app/"],
])("%s becomes %s", (text, expected) => {
  expect(mapPathsInText(text, mappings)).toBe(expected);
});
