import { expect, test } from "vitest";
import { readBuiltImage } from "./dockerfile-stage.ts";
import { mapPath } from "./map-paths.ts";

const read = (text: string, target?: string, args: Record<string, string> = {}) =>
  readBuiltImage(text, "/shop/api", target, args);

test("the last stage inherits from the stages that it builds on", () => {
  const image = read(`ARG NODE=24
FROM node:\${NODE}-slim AS base
WORKDIR /app
ENV NODE_ENV=production GREETING="hello you"
FROM base AS build
RUN npm run build
FROM base
COPY --from=build /app/dist ./dist
COPY package.json ./
EXPOSE 3000 9229/tcp 53/udp
HEALTHCHECK --interval=5s CMD curl -f http://localhost:3000/
CMD ["node", "dist/server.js"]`);
  expect(image).toMatchObject({
    base: "node:24-slim",
    workingDirectory: "/app",
    environment: { NODE_ENV: "production", GREETING: "hello you" },
    exposed: [3000, 9229],
    command: ["node", "dist/server.js"],
    healthCheck: "--interval=5s CMD curl -f http://localhost:3000/",
  });
  expect(mapPath("/app/package.json", image?.copies ?? [])).toBe("/shop/api/package.json");
});

test("what was copied between stages leads back to the build context", () => {
  const image = read("FROM node AS build\nWORKDIR /src\nCOPY . .\nFROM node\nCOPY --from=build /src/web /www");
  expect(mapPath("/www/index.html", image?.copies ?? [])).toBe("/shop/api/web/index.html");
});

test("the whole context is the working folder", () => {
  const image = read("FROM node\nWORKDIR /app\nCOPY . .");
  expect(mapPath("/app", image?.copies ?? [])).toBe("/shop/api");
});

test("a target chooses the stage by name or number", () => {
  const text = 'FROM node AS dev\nCMD ["npm", "run", "dev"]\nFROM node AS prod\nCMD ["node", "."]';
  expect(read(text, "DEV")?.command).toEqual(["npm", "run", "dev"]);
  expect(read(text, "0")?.command).toEqual(["npm", "run", "dev"]);
  expect(read(text)?.command).toEqual(["node", "."]);
});

test("build arguments win over defaults, and fill in what is expanded", () => {
  const text = "FROM node\nARG DIR=/a\nARG OTHER\nWORKDIR ${DIR}\nENV X=${OTHER:-none} Y=$DIR";
  expect(read(text)).toMatchObject({ workingDirectory: "/a", environment: { X: "none", Y: "/a" } });
  expect(read(text, undefined, { DIR: "/b", OTHER: "o" })).toMatchObject({
    workingDirectory: "/b",
    environment: { X: "o", Y: "/b" },
  });
});

test("shell form runs in a shell, and an entrypoint drops an earlier command", () => {
  expect(read("FROM node\nCMD npm start && echo done")?.command).toEqual(["/bin/sh", "-c", "npm start && echo done"]);
  const image = read('FROM node\nCMD ["a"]\nENTRYPOINT ["b"]');
  expect(image?.entrypoint).toEqual(["b"]);
  expect(image?.command).toBeUndefined();
});

test("a file without FROM says nothing", () => {
  expect(read("RUN true")).toBeUndefined();
});
