import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { defaultSettings, parseSettings, type Settings } from "@drydock/settings";
import { badConfiguration, configDoesNotLoad } from "./errors.ts";
import { runProjectFile } from "./run-project-file.ts";

const fileNames = ["dev.config.ts", "dev.config.mjs", "dev.config.js"];

/**
 * The settings of a project: those of the first `dev.config.ts`, `.mjs` or `.js` in its folder, or the defaults. The file is run anew each
 * time. @throws DevError BAD_CONFIGURATION with every mistake, CONFIG_DOES_NOT_LOAD
 */
export async function loadSettings(directory: string): Promise<Settings> {
  for (const name of fileNames) {
    const file = join(directory, name);
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text === undefined) continue;
    const parsed = await parseSettings({ file, text, value: await runConfig(file) });
    if (!parsed.ok) throw badConfiguration(parsed.problems);
    return parsed.settings;
  }
  return defaultSettings;
}

async function runConfig(file: string): Promise<unknown> {
  try {
    // To look at a configuration must leave nothing behind.
    return await runProjectFile(file, false);
  } catch (error) {
    throw configDoesNotLoad(file, error);
  }
}
