import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { afterEach, expect, test } from "vitest";
import { askGeneration } from "./ask-generation.ts";
import { type FrontOnStage, putFrontOnStage, stagedProject, testImage } from "./testing/front-on-stage.ts";
import { isImageHere } from "./testing/is-image-here.ts";
import { siteTo } from "./testing/site-to.ts";

const variables = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "/" };
const program = "nginx";
const missing = spawnSync(program, ["-v"], { stdio: "ignore" }).status !== 0;
const reason = missing ? " (skipped: nginx is not on PATH)" : "";
// nginx has no such variable: `nginx -t` refuses it.
const wrong = { headers: { "X-Wrong": "$there_is_none" } };

const imageReason = isImageHere(testImage) ? "" : " (skipped: Docker or its image is not there)";
const onPath = { server: "nginx", skips: missing, where: `on PATH${reason}` } as const;
const inDocker = { server: "nginx in Docker", skips: imageReason !== "", where: `in Docker${imageReason}` } as const;

let front: FrontOnStage | undefined;
afterEach(() => front?.close());

for (const { server, skips, where } of [onPath, inDocker])
  test.skipIf(skips)(`what nginx ${where} refuses is not served, the old one is, and its words are told`, async () => {
    front = await putFrontOnStage(server, variables);
    const port = await front.show({ sites: [siteTo(front.host, [{ port: 9 }])] });
    const authority = await front.authorityPem();
    const before = await askGeneration(port, authority);
    await expect(front.show({ sites: [siteTo(front.host, [{ port: 9 }], wrong)] })).rejects.toMatchObject({
      code: "FRONT_DID_NOT_RELOAD",
      evidence: [expect.stringContaining('unknown "there_is_none" variable')],
    });
    expect(await askGeneration(port, authority)).toBe(before);
    await front.show({ sites: [siteTo(front.host, [{ port: 10 }])] });
    expect(await askGeneration(port, authority)).not.toBe(before);
  });

test.skipIf(inDocker.skips)(
  `a container whose program was killed with -9 is gone, and so is its port${imageReason}`,
  async () => {
    front = await putFrontOnStage("nginx in Docker", variables);
    const sites = [siteTo(front.host, [{ port: 9 }])];
    const port = await front.show({ sites });
    const label = `label=dev.drydock.front=${stagedProject(front.directory)}`;
    const containers = () => execFileSync("docker", ["ps", "-aq", "--filter", label], { encoding: "utf8" });
    expect(containers()).not.toBe("");
    const programs = execFileSync("pgrep", ["-f", `^docker .*${front.directory}`], { encoding: "utf8" });
    process.kill(Number(programs.split("\n")[0]), "SIGKILL");
    await front.server.ended;
    await eventually(() => containers() === "", 5_000);
    expect(await front.show({ sites })).toBe(port);
  },
);

test.skipIf(missing)(
  `a master that was killed leaves no worker behind: the next one has its port${reason}`,
  async () => {
    front = await putFrontOnStage("nginx", variables);
    const sites = [siteTo(front.host, [{ port: 9 }])];
    const port = await front.show({ sites });
    process.kill(Number(await readFile(join(front.directory, "front/nginx.pid"), "utf8")), "SIGKILL");
    await front.server.ended;
    expect(await front.show({ sites })).toBe(port);
  },
);

// As one that was built without the module does, and one that may not run here.
const refusing = { answer: "refuses it from the start", test: "exit 1" };
const failing = { answer: "takes it and does not start", test: "exit 0" };

test.each([refusing, failing])("where nginx $answer, the edge serves", async ({ test: answerToTest }) => {
  const folder = await mkdtemp(join(tmpdir(), "drydock-path-"));
  try {
    const words = 'echo "nginx: [emerg] unknown directive \\"sub_filter\\" in nginx.conf:1" >&2';
    const version = 'echo "nginx version: nginx/1.22.1" >&2';
    const script = `#!/bin/sh\ncase $1 in -v) ${version} ;; -t) ${words}; ${answerToTest} ;; *) ${words}; exit 1 ;; esac\n`;
    await writeFile(join(folder, "nginx"), script, { mode: 0o755 });
    front = await putFrontOnStage("nginx", { ...variables, PATH: `${folder}:${variables.PATH}` }, true);
    expect(front.server.software.name).toBe("nginx 1.22.1");
    const port = await front.show({ sites: [siteTo(front.host, [{ port: 9 }])] });
    expect(front.server.software.name).toBe("embedded edge");
    expect(await askGeneration(port, await front.authorityPem())).toMatch(/^\d+-\d+$/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
