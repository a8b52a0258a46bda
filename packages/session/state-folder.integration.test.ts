import { chmod, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeStateFolder, stateFolder } from "./state-folder.ts";

describe("the state folder", () => {
  let project: string;

  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), "drydock-state-"));
  });

  afterEach(async () => {
    await chmod(project, 0o700);
    await rm(project, { recursive: true, force: true });
  });

  it("is for its owner alone, and invisible to git", async () => {
    await makeStateFolder(stateFolder(project));
    expect((await stat(join(project, ".dev"))).mode & 0o777).toBe(0o700);
    expect(await readFile(join(project, ".dev/.gitignore"), "utf8")).toBe("*\n");
  });

  it.skipIf(process.getuid?.() === 0)(
    "that may not be made says whose the project is, and what to do (skipped as root)",
    async () => {
      await chmod(project, 0o500);
      await expect(makeStateFolder(stateFolder(project))).rejects.toMatchObject({
        code: "STATE_FOLDER",
        evidence: [expect.stringMatching(/belongs to user \d+; this is /)],
        hint: expect.stringContaining("chown"),
      });
    },
  );

  it("below something that is no folder fails with the file system's own words", async () => {
    await expect(makeStateFolder(stateFolder("/dev/null"))).rejects.toMatchObject({ code: "ENOTDIR" });
  });
});
