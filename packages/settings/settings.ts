import type { DataSettings } from "./sections/data.ts";

/** What a project's `dev.config.ts` means, with every default filled in. */
export interface Settings {
  readonly data: DataSettings;
}

/** The settings of a project that has no `dev.config.ts`. */
export const defaultSettings: Settings = { data: { seed: undefined, followsGit: false } };
