/** The data that the databases begin with. */
export interface DataConfig {
  /**
   * The dataset that `dev up` seeds an empty database with, once; false for none. Without it: the dataset named "default", or the only one in seeds/.
   * @example seed: "demo"
   */
  readonly seed?: string | false;
  /** Where the datasets lie, relative to the project. @example seeds: "packages/shop/seeds" */
  readonly seeds?: string;
  /**
   * "git" gives each git branch its own copy of the data and switches with `git switch`. Without it the data stays the same.
   * @example follow: "git"
   */
  readonly follow?: "git";
}

/** The same with its defaults. */
export interface DataSettings {
  /** A dataset's name; false for none; undefined where nothing was said. */
  readonly seed: string | false | undefined;
  /** Relative to the project's folder. */
  readonly seeds: string;
  readonly followsGit: boolean;
}
