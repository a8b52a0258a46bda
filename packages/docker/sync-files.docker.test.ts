import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { dockerForTests, forever, node, remainsOf, StackFixture } from "./fixtures/stack-fixture.ts";

const docker = await dockerForTests();
const reason = docker ? "" : " (skipped: no Docker engine answers)";

describe.skipIf(!docker)(`bringing files into containers${reason}`, () => {
  let stack: StackFixture | undefined;

  afterEach(async () => {
    const project = stack?.environment.project ?? "";
    await stack?.end();
    stack = undefined;
    expect(await remainsOf(project)).toEqual([]);
  });

  it("makes folders, keeps modes, replaces and removes, in every container of the service", async () => {
    if (!docker) throw new Error("there is no engine");
    const service = { ...node(forever), scale: 2 };
    stack = new StackFixture(docker, { api: { compose: service, core: { replicas: 2 } } });
    await stack.prepare();
    for (const number of [1, 2]) await stack.start("api", number);
    const folder = join(stack.environment.directory, "src");
    await mkdir(folder);
    await writeFile(join(folder, "a.js"), "1");
    await writeFile(join(folder, "run.sh"), "#!/bin/sh\n");
    await chmod(join(folder, "run.sh"), 0o755);
    const file = (name: string, isRemoved = false) => ({
      path: join(folder, name),
      target: `/app/new/${name}`,
      isRemoved,
    });
    await stack.engine.sync("api", [file("a.js"), file("run.sh"), file("never-there.js")], stack.context);
    const look = "cat /app/new/a.js; stat -c ' %a %U' /app/new/run.sh; ls /app/new";
    for (const number of [1, 2]) expect(await stack.shell("api", number, look)).toBe("1 755 root\na.js\nrun.sh\n");

    await writeFile(join(folder, "a.js"), "22");
    await rm(join(folder, "run.sh"));
    await stack.engine.sync("api", [file("a.js"), file("run.sh", true)], stack.context);
    for (const number of [1, 2])
      expect(await stack.shell("api", number, "cat /app/new/a.js; ls /app/new")).toBe("22a.js\n");
  });
});
