import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "./testing/ask.ts";
import { type Running, servers } from "./testing/both-servers.ts";
import { makeFiles } from "./testing/files.ts";
import { freePort } from "./testing/free-port.ts";
import { comparable, type RouteFamily, type RoutePlaces } from "./testing/route-case.ts";
import { access } from "./testing/routes/access.ts";
import { files } from "./testing/routes/files.ts";
import { headers } from "./testing/routes/headers.ts";
import { locations } from "./testing/routes/locations.ts";
import { proxying } from "./testing/routes/proxying.ts";
import { rewrites } from "./testing/routes/rewrites.ts";
import { substitutions } from "./testing/routes/substitutions.ts";
import { upstreams } from "./testing/routes/upstreams.ts";
import { startUpstream, type TestUpstream } from "./testing/test-upstream.ts";

const families: readonly RouteFamily[] = [
  locations,
  rewrites,
  proxying,
  upstreams,
  files,
  headers,
  substitutions,
  access,
];
let upstreamServers: readonly TestUpstream[] = [];
let folder = "";

beforeAll(async () => {
  upstreamServers = await Promise.all(["a", "b", "c"].map(startUpstream));
  folder = makeFiles();
});

afterAll(async () => {
  await Promise.all(upstreamServers.map((each) => each.stop()));
  rmSync(folder, { recursive: true, force: true });
});

describe.each(families)("$name", (family) => {
  describe.each(servers)("$name", ({ skips, start }) => {
    let running: Running | undefined;
    let port = 0;

    beforeAll(async () => {
      if (skips) return;
      port = await freePort();
      const [a = 0, b = 0, c = 0] = upstreamServers.map((each) => each.port);
      const places: RoutePlaces = { port, a, b, c, dead: await freePort(), folder };
      running = await start(family.configuration(places), port);
    });

    afterAll(async () => {
      await running?.stop();
    });

    test.skipIf(skips).each(family.cases)("$that", async (each) => {
      const answered = await ask(port, typeof each.ask === "string" ? { path: each.ask } : each.ask);
      const [found, expected] = comparable(each, answered);
      expect(found).toEqual(expected);
    });
  });
});
