import { execFileSync } from "node:child_process";
import { afterAll, describe, expect, test } from "vitest";
import { nginxOfImage } from "./testing/nginx-of-image.ts";
import { reloadUnderLoad } from "./testing/reload-under-load.ts";

const { PATH = "", HOME = "/" } = process.env;
const load = { reloads: 20, clients: 60, webSockets: 6 };
const program = "nginx";
const image = "nginx:1.30";
const newer = nginxOfImage(image);

afterAll(() => newer?.remove());

function hasNginx(): boolean {
  try {
    execFileSync(program, ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const fronts = [
  { name: "the embedded edge", server: "edge", path: PATH, skips: false },
  {
    name: `nginx on PATH${hasNginx() ? "" : " (skipped: there is none)"}`,
    server: "nginx",
    path: PATH,
    skips: !hasNginx(),
  },
  {
    name: `the nginx of ${image}${newer ? "" : " (skipped: Docker or the image is not there)"}`,
    server: "nginx",
    path: `${newer?.folder}:${PATH}`,
    skips: newer === undefined,
  },
] as const;

describe.each(fronts)("a front on $name", ({ server, path, skips }) => {
  const variables = { PATH: path, HOME };

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
