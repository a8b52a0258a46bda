import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { defaultSettings, parseSettings, type Settings } from "@drydock/settings";
import { badConfiguration, configDoesNotLoad } from "./errors.ts";
import { runProjectFile } from "./run-project-file.ts";

// One that asks a vault for secrets takes seconds; beyond this, what it waits for does not come.
const longestMs = 30_000;

const fileNames = ["dev.config.ts", "dev.config.mjs", "dev.config.js"];

/**
 * The settings of a project: those of the first `dev.config.ts`, `.mjs` or `.js` in its folder, or the defaults. The file is run anew each
 * time, and has `limitMs` to come to its end. @throws DevError BAD_CONFIGURATION with every mistake, CONFIG_DOES_NOT_LOAD
 */
export async function loadSettings(directory: string, limitMs = longestMs): Promise<Settings> {
  for (const name of fileNames) {
    const file = join(directory, name);
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text === undefined) continue;
    const parsed = await parseSettings({ file, text, value: await runConfig(file, limitMs) });
    if (!parsed.ok) throw badConfiguration(parsed.problems);
    return parsed.settings;
  }
  return defaultSettings;
}

async function runConfig(file: string, limitMs: number): Promise<unknown> {
  const limit = new AbortController();
  try {
    // To look at a configuration must leave nothing behind.
    return await Promise.race([runProjectFile(file, false), tooLong(limitMs, limit.signal)]);
  } catch (error) {
    throw configDoesNotLoad(file, error);
  } finally {
    limit.abort();
  }
}

async function tooLong(limitMs: number, signal: AbortSignal): Promise<never> {
  await setTimeout(limitMs, undefined, { signal });
  throw new Error(`it did not come to its end within ${limitMs / 1_000} s`);
}
