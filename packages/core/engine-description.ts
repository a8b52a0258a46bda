export type EngineKind = "docker" | "local";

/** What runs the services, and why that one was taken. */
export interface EngineDescription {
  readonly kind: EngineKind;
  /** `Docker Engine 28.5.2 at unix:///var/run/docker.sock`; `local engine`. */
  readonly name: string;
  /** `it answers`; `no Docker engine answers (`dev doctor` says why)`; `--engine local`. */
  readonly because: string;
}
