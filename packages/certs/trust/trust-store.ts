import type { Machine, TrustedAuthority } from "./machine.ts";

/** A place where programs look up whom to trust. One file each. */
export interface TrustStore {
  /** `system store (Debian)`: what is shown. */
  readonly name: string;
  /** Programs and paths that its plan asks `Machine` for. */
  readonly asks: { readonly programs: readonly string[]; readonly paths: readonly string[] };
  /** What would be done on this machine; undefined when it has no such store. Touches nothing. */
  plan(machine: Machine, authority: TrustedAuthority, act: TrustAct): StorePlan | undefined;
}

export type TrustAct = "install" | "uninstall";

/** What one store needs. */
export interface StorePlan {
  readonly store: string;
  /** In order; the first that fails ends them. */
  readonly commands: readonly TrustCommand[];
  /** What tells that the authority is in the store now. */
  readonly proof: TrustProof | undefined;
  /** What a person must do or may do, a line each. */
  readonly advice: readonly string[];
}

export interface TrustCommand {
  readonly words: readonly string[];
  readonly needsRoot: boolean;
  /** That there was nothing to remove is no failure. */
  readonly mayFail: boolean;
}

/** A command that exits with 0, or a file that holds the certificate, while it is trusted. */
export type TrustProof =
  | { readonly kind: "command"; readonly words: readonly string[] }
  | { readonly kind: "bundle"; readonly path: string };

/** A command as this user. */
export const asUser = (...words: readonly string[]): TrustCommand => ({ words, needsRoot: false, mayFail: false });

/** A command as root. */
export const asRoot = (...words: readonly string[]): TrustCommand => ({ words, needsRoot: true, mayFail: false });

/** The same, where there may be nothing to do. */
export const ifAny = (command: TrustCommand): TrustCommand => ({ ...command, mayFail: true });
