/** Flags that change what `up` plans; names and meanings are those of `docker compose up`. */
export interface UpOptions {
  /** Empty: every service. */
  readonly services: readonly string[];
  readonly noDeps: boolean;
  readonly build: boolean;
  readonly forceRecreate: boolean;
  readonly removeOrphans: boolean;
  /** True after the `prepare` step was carried out: what exists now is what shall run. */
  readonly isPrepared: boolean;
}
