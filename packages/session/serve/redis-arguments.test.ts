import { expect, test } from "vitest";
import { readRedisArguments } from "./redis-arguments.ts";

const files: Readonly<Record<string, string>> = {
  "/etc/redis.conf":
    '# comment\nappendonly yes\nsave 900 1\nsave 60 10000\nrequirepass "from file"\n\nmaxmemory 100mb\n',
};
const read = (...words: string[]) => readRedisArguments(words, async (path) => files[path] ?? "");

test("flags become settings, several values joined", async () => {
  expect(await read("--appendonly", "yes", "--save", "900", "1", "60", "100", "--LogLevel", "verbose")).toEqual({
    appendonly: "yes",
    save: "900 1 60 100",
    loglevel: "verbose",
  });
  expect(await read("--save", "")).toEqual({ save: "" });
});

test("a configuration file comes first, and flags win over it", async () => {
  expect(await read("/etc/redis.conf", "--maxmemory", "1gb")).toEqual({
    appendonly: "yes",
    save: "900 1 60 10000",
    requirepass: "from file",
    maxmemory: "1gb",
  });
});
