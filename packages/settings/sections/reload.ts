/** How what runs follows what is saved. */
export interface ReloadConfig {
  /** False: pages do not load again by themselves. @example browser: false */
  readonly browser?: boolean;
}

/** The same with its defaults. */
export interface ReloadSettings {
  readonly reloadsPages: boolean;
}
