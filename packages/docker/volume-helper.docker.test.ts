import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { dockerForTests } from "./fixtures/stack-fixture.ts";
import { openVolumeHelper } from "./volume-helper.ts";

const docker = await dockerForTests();
const reason = docker ? "" : " (skipped: no Docker engine answers)";

describe.skipIf(!docker)(`a helper on volumes${reason}`, () => {
  it("takes the volumes that its image declares with it, and leaves the one with a name", async () => {
    if (!docker) throw new Error("there is no engine");
    const project = `drydock-helper-${process.pid}`;
    const ask = async (...words: readonly string[]) => (await execa("docker", words)).stdout;
    const request = {
      project,
      imageId: "mongo:8",
      mounts: [],
      ownVolume: { project, target: "/own" },
      variables: process.env as Record<string, string>,
    };
    const helper = await openVolumeHelper(docker, request, AbortSignal.timeout(30_000));
    try {
      const id = await ask("ps", "-q", "--filter", `label=dev.drydock.helper=${project}`);
      const names = await ask("inspect", "--format", "{{range .Mounts}}{{.Name}} {{end}}", id);
      const made = names
        .trim()
        .split(" ")
        .filter((name) => name !== `${project}_drydock`);
      expect(made.length).toBeGreaterThan(0);
      await helper.close();
      const left = (await ask("volume", "ls", "-q")).split("\n");
      expect(left).toContain(`${project}_drydock`);
      expect(left.filter((name) => made.includes(name))).toEqual([]);
    } finally {
      await helper.close().catch(() => undefined);
      await ask("volume", "rm", "-f", `${project}_drydock`);
    }
  });
});
