/** What happens when files of a service change (Compose Develop Specification, watch, action). */
export type WatchAction = "sync" | "rebuild" | "restart" | "sync+restart" | "sync+exec";

/** One entry of `develop.watch` of a service. */
export interface WatchRule {
  /** Absolute: a file or a folder. */
  readonly path: string;
  readonly action: WatchAction;
  /** Where the files lie in the container, for the actions that sync. */
  readonly target?: string;
  /** Patterns of .dockerignore's form, relative to `path`: what they match is not watched. */
  readonly ignore: readonly string[];
  /** The same form: where there are any, only what they match is watched. */
  readonly include: readonly string[];
  /** Files that differ are synced before the watch begins. */
  readonly isInitiallySynced: boolean;
  /** For `sync+exec`: what runs in the container after the files have arrived. */
  readonly exec?: readonly string[];
}
