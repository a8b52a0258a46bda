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

test("a dev.config.ts that calls process.exit is an error with its place, and ends nothing", async () => {
  const file = join(directory, "dev.config.ts");
  await writeFile(file, "if (!process.env.NO_SUCH_VARIABLE) process.exit(3);\nexport default {};\n");
  const error = await loadSettings(directory).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: "CONFIG_DOES_NOT_LOAD",
    message: expect.stringContaining("it called process.exit(3)"),
    evidence: [expect.stringContaining("dev.config.ts:1")],
  });
});
