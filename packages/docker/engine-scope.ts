import type { DockerOptions } from "./docker-options.ts";
import type { EngineApi } from "./engine-api.ts";
import type { EventFeed } from "./event-feed.ts";
import type { InstanceTracker } from "./instance-tracker.ts";
import type { LogFollowers } from "./log-followers.ts";
import type { Turnstile } from "./turnstile.ts";

/** What every step works with: the options, and what lives as long as the engine does, for one project. */
export interface EngineScope {
  readonly options: DockerOptions;
  readonly api: EngineApi;
  readonly feed: EventFeed;
  readonly tracker: InstanceTracker;
  readonly followers: LogFollowers;
  readonly preparing: Turnstile;
}
