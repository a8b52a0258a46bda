import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isImageHere, type NginxOfImage, nginxOfImage } from "./testing/nginx-of-image.ts";
import { reloadUnderLoad } from "./testing/reload-under-load.ts";

const { PATH = "", HOME = "/" } = process.env;
const load = { reloads: 20, clients: 60, browsers: 4, webSockets: 6 };
const program = "nginx";
const image = "nginx:1.30";
const hasImage = isImageHere(image);
let newer: NginxOfImage | undefined;

function hasNginx(): boolean {
  try {
    execFileSync(program, ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const fronts = [
  { name: "the embedded edge", server: "edge", isOfImage: false, skips: false },
  {
    name: `nginx on PATH${hasNginx() ? "" : " (skipped: there is none)"}`,
    server: "nginx",
    isOfImage: false,
    skips: !hasNginx(),
  },
  {
    name: `the nginx of ${image}${hasImage ? "" : " (skipped: Docker or the image is not there)"}`,
    server: "nginx",
    isOfImage: true,
    skips: !hasImage,
  },
] as const;

describe.each(fronts)("a front on $name", ({ server, isOfImage, skips }) => {
  let variables = { PATH, HOME };

  beforeAll(() => {
    if (!isOfImage || skips) return;
    newer = nginxOfImage(image);
    variables = { PATH: `${newer.folder}:${PATH}`, HOME };
  });
  afterAll(() => newer?.remove());

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
