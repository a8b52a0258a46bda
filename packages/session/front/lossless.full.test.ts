import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { testImage } from "./testing/front-on-stage.ts";
import { isImageHere } from "./testing/is-image-here.ts";
import { reloadUnderLoad } from "./testing/reload-under-load.ts";

const { PATH = "", HOME = "/" } = process.env;
const load = { reloads: 20, clients: 60, browsers: 4, webSockets: 6 };
const program = "nginx";
const hasImage = isImageHere(testImage);
const variables = { PATH, HOME };

function hasNginx(): boolean {
  try {
    execFileSync(program, ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const fronts = [
  { name: "the embedded edge", server: "edge", skips: false },
  {
    name: `nginx on PATH${hasNginx() ? "" : " (skipped: there is none)"}`,
    server: "nginx",
    skips: !hasNginx(),
  },
  {
    name: `nginx in Docker${hasImage ? "" : " (skipped: Docker or its image is not there)"}`,
    server: "nginx in Docker",
    skips: !hasImage,
  },
] as const;

describe.each(fronts)("a front on $name", ({ server, skips }) => {
  test.skipIf(skips)("loses no request over 20 reloads with changing back ends and a renewal", async () => {
    const seen = await reloadUnderLoad({ ...load, server, variables, killsAtOnce: false });
    const { software, answered, echoed, failures, seconds } = seen;
    console.log(
      `${software}: ${answered} answers, ${echoed} echoes, ${failures.length} failures in ${seconds.toFixed(1)} s`,
    );
    expect(failures).toEqual([]);
    expect(seen.serials.size).toBe(2);
    expect(seen.generations.size).toBeGreaterThan(10);
    expect(seen.names.size).toBeGreaterThan(20);
    expect(echoed).toBeGreaterThan(100);
  });

  test.skipIf(skips)("loses some where back ends are killed at once: the harness sees it", async () => {
    const { failures } = await reloadUnderLoad({ ...load, reloads: 5, server, variables, killsAtOnce: true });
    expect(failures.length).toBeGreaterThan(0);
  });
});
