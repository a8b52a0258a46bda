import type { Adviser } from "./advise.ts";
import type { ConfigurationView, ServerView } from "./views.ts";

/** Two sites that are compared, with all that is around them. */
export interface Comparison {
  readonly site: string;
  readonly theirs: ServerView;
  readonly ours: ServerView;
  readonly theirAll: ConfigurationView;
  readonly ourAll: ConfigurationView;
  readonly advise: Adviser;
}
