import type { Launch } from "./launch.ts";

/** A launch, and what the person should know of it, as sentences. */
export interface PlannedLaunch {
  readonly launch: Launch;
  readonly notices: readonly string[];
}
