import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadSettings } from "./load-settings.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "drydock-settings-"));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

test("a dev.config.ts that waits for what never comes is an error, and not a wait without an end", async () => {
  await writeFile(join(directory, "dev.config.ts"), "await new Promise(() => undefined);\nexport default {};\n");
  await expect(loadSettings(directory, 1)).rejects.toMatchObject({
    code: "CONFIG_DOES_NOT_LOAD",
    message: expect.stringContaining("did not come to its end within 0.001 s"),
  });
});
