import type { Address } from "@drydock/core";
import type { HealthPlan } from "./watch-health.ts";

/** Everything that is needed to start one instance: decided before, carried out by `InstanceProcess`. */
export interface Launch {
  /** The program and its arguments. */
  readonly command: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly addresses: readonly Address[];
  /** `mongod on PATH`, `process`: what is shown. */
  readonly provider: string;
  /** Where the command comes from, or why this provider: a sentence. */
  readonly because: string;
  readonly health: HealthPlan;
  /** Made from files that are watched in their own way (a configuration that is rendered): planning it again has effects. */
  readonly isRendered?: boolean;
}
