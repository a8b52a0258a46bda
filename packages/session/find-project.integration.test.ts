import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findProjectDirectory, findRunningDirectory, findRunningFolder } from "./find-project.ts";
import { makeStateFolder, stateFolder } from "./state-folder.ts";
import type { StackSource } from "./supervisor.ts";

describe("finding the project", () => {
  let top: string;

  const from = (directory: string, projectName?: string): StackSource => ({
    directory,
    files: [],
    envFiles: [],
    profiles: [],
    variables: {},
    ...(projectName === undefined ? {} : { projectName }),
  });

  beforeEach(async () => {
    top = await mkdtemp(join(tmpdir(), "drydock-find-"));
    await mkdir(join(top, "shop/app/api"), { recursive: true });
  });

  afterEach(() => rm(top, { recursive: true, force: true }));

  it("takes the nearest folder with a Compose file, from the folder upwards", async () => {
    await writeFile(join(top, "shop/compose.yaml"), "services: {}\n");
    expect(findProjectDirectory(from(join(top, "shop/app/api")))).toBe(join(top, "shop"));
    expect(findRunningDirectory(from(join(top, "shop/app/api")))).toBe(join(top, "shop"));
  });

  it("finds the stack that still runs where the Compose file is gone, and none where nothing ran", async () => {
    const state = stateFolder(join(top, "shop"));
    await makeStateFolder(state);
    expect(findRunningDirectory(from(join(top, "shop/app/api")))).toBeUndefined();
    // What a supervisor listens on.
    await writeFile(join(state.directory, "supervisor.sock"), "");
    expect(findProjectDirectory(from(join(top, "shop/app/api")))).toBeUndefined();
    expect(findRunningFolder(from(join(top, "shop/app/api")))).toEqual(state);
    expect(findRunningFolder(from(join(top, "shop/app/api"), "other"))).toBeUndefined();
  });
});
