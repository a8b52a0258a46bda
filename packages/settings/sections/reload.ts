/** How what runs follows what is saved. */
export interface ReloadConfig {
  /** False: pages do not load again by themselves. @example browser: false */
  readonly browser?: boolean;
  /**
   * What else a save asks for, by the name of the service that it is about, or, with `paths`, by any name.
   * @example rules: { api: { cascade: ["worker"] }, types: { paths: ["schema/**"], after: ["npm run types"] } }
   */
  readonly rules?: Readonly<Record<string, ReloadRuleConfig>>;
}

export interface ReloadRuleConfig {
  /** Which files, relative to the project, as in .dockerignore. Without it: all that the service of this name follows. @example paths: ["app/schema/**"] */
  readonly paths?: readonly string[];
  /**
   * Commands to run before anything restarts: on this machine, in the project's folder, or inside a service. One that fails leaves what runs as it is.
   * @example after: ["npm run types", { run: "node migrate.js", in: "api" }]
   */
  readonly after?: readonly (string | { readonly run: string; readonly in: string })[];
  /** Services to restart as well, once the others answer. @example cascade: ["worker"] */
  readonly cascade?: readonly string[];
}

/** The same with its defaults. */
export interface ReloadSettings {
  readonly reloadsPages: boolean;
  readonly rules: readonly ReloadRule[];
}

export interface ReloadRule {
  readonly name: string;
  /** Relative to the project's folder; undefined: what the service of that name follows. */
  readonly paths: readonly string[] | undefined;
  readonly after: readonly AfterCommand[];
  readonly cascade: readonly string[];
}

/** A shell's line; `service` undefined: on this machine. */
export interface AfterCommand {
  readonly run: string;
  readonly service: string | undefined;
}
